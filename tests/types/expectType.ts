/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- a type parameter used once is how exact equality is asked for */
/** Whether two types are the same, `any` and modifiers included. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only where the types are the same: `isSame<A, B>(true)`. */
export function isSame<A, B>(_answer: Same<A, B>): void {
  // the compiler has done the work
}
