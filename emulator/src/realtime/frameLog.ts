/**
 * The newest frames, from which a reader that was cut goes on; who missed more starts afresh. They are numbered
 * without holes.
 */
export interface FrameLog<Entry> {
  readonly newest: number;
  /** The id of the newest entry, and before the first one an id that is followed by all. */
  readonly newestId: string;
  idOf(number: number): string;
  /** The number of an id of this log, which may be yet to come; undefined when it is none. */
  numberOf(id: string): number | undefined;
  add(entry: Entry): void;
  /** Forgets all, after frames were missed: what is added next has the number after this one. */
  restart(newest: number): void;
  /** What came after an id, oldest first; undefined when the id is unknown or too old. */
  after(id: string): readonly Entry[] | undefined;
}

export function makeFrameLog<Entry>(
  name: string,
  capacity: number,
  start: number,
): FrameLog<Entry> {
  let entries: Entry[] = [];
  let newest = start;
  const idOf = (number: number) => `${name}-${number}`;

  function numberOf(id: string): number | undefined {
    const number = Number(id.slice(name.length + 1));
    return number >= 0 && idOf(number) === id ? number : undefined;
  }

  return {
    get newest() {
      return newest;
    },
    get newestId() {
      return idOf(newest);
    },
    idOf,
    numberOf,
    add: (entry) => {
      newest += 1;
      entries.push(entry);
      if (entries.length > capacity) entries.shift();
    },
    restart: (number) => {
      entries = [];
      newest = number;
    },
    after: (id) => {
      const number = numberOf(id);
      if (number === undefined) return undefined;
      const missed = newest - number;
      if (missed < 0 || missed > entries.length) return undefined;
      return entries.slice(entries.length - missed);
    },
  };
}
