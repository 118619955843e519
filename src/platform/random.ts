/** Chance, as a port. @public */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
}

/** The machine's own. @public */
export const systemRandom: Random = { next: () => Math.random() };
