import type { Source } from './source';

/** Which of several ways to hear the server is tried next. @internal */
export interface Ladder {
  /** The way of the n-th try in a row; 0 is the first. */
  pick(attempt: number): Source;
  /**
   * A way turned out not to lead anywhere: the server does not offer it, or nothing comes through. Gives the next one that
   * may; `null`: there is none, and all are forgiven.
   */
  refuse(source: Source): Source | null;
  /** The way of a look after all were given up: each in its turn, the best first. */
  turn(): Source;
  /** Something changed around: what was refused may not be any more. */
  forgive(): void;
  /** Whether a way that comes before one had only not its turn: nothing speaks against it. */
  hasBetter(source: Source): boolean;
  /** Whether there is another way that may lead somewhere. */
  hasOther(source: Source): boolean;
  /** Ways that come before one, the best first. */
  above(source: Source): readonly Source[];
}

/** So many tries fail before it may be the way, and not the server. From then on the ways take turns. */
const patience = 3;

/**
 * Makes a ladder.
 *
 * @internal
 * @param sources - The best first; at least one.
 */
export function createLadder(sources: readonly [Source, ...Source[]]): Ladder {
  const refused = new Set<Source>();
  let turns = 0;
  const above = (source: Source) => sources.slice(0, Math.max(0, sources.indexOf(source)));
  const usable = () => sources.filter((source) => !refused.has(source));

  return {
    pick(attempt) {
      const open = usable();
      const turn = attempt < patience ? 0 : (attempt - patience + 1) % open.length;
      return open[turn] ?? sources[0];
    },
    refuse(source) {
      refused.add(source);
      const [next = null] = usable();
      if (next === null) refused.clear();
      return next;
    },
    turn() {
      refused.clear();
      turns += 1;
      return sources[(turns - 1) % sources.length] ?? sources[0];
    },
    forgive() {
      refused.clear();
      turns = 0;
    },
    hasOther: (source) => usable().some((other) => other !== source),
    hasBetter: (source) => above(source).some((better) => !refused.has(better)),
    above,
  };
}
