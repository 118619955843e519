/**
 * How the leaves of a value are looked at: as they are, or as what stands for them in a recording. A lens is a pure
 * function of a leaf and of the names that lead to it, so that looking at a value through it and making the value anew
 * by it come to the same (`redact.ts`).
 *
 * @internal
 */
export interface Lens {
  /** What a string is seen as; `key` is the nearest name above it. */
  readonly text: (key: string, value: string) => string;
  /** What a number is seen as. */
  readonly number: (key: string, value: number) => number;
  /** What a name is seen as. */
  readonly name: (key: string) => string;
  /** How the object or list under a name is looked at. */
  readonly under: (key: string) => Lens;
}

/** Sees everything as it is. @internal */
export const clear: Lens = {
  text: (_, value) => value,
  number: (_, value) => value,
  name: (key) => key,
  under: () => clear,
};
