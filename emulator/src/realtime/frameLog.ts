import { randomBytes } from 'node:crypto';

/** So many frames can be missed; who missed more starts afresh. */
const capacity = 2000;

/** The last frames of this process, from which a stream that was cut goes on. It ends with the process. */
export interface FrameLog<Entry> {
  /** Notes what an id was given to. */
  add(make: (id: string) => Entry): Entry;
  /** The id of the newest entry, and before the first one an id that is followed by all. */
  readonly newestId: string;
  /** What came after an id, oldest first; undefined when the id is unknown or too old. */
  after(id: string): readonly Entry[] | undefined;
}

export function makeFrameLog<Entry>(): FrameLog<Entry> {
  // an id of an earlier process must not be taken for one of this
  const run = randomBytes(4).toString('hex');
  const entries: Entry[] = [];
  let count = 0;
  const idOf = (number: number) => `${run}-${number}`;

  return {
    add: (make) => {
      count += 1;
      const entry = make(idOf(count));
      entries.push(entry);
      if (entries.length > capacity) entries.shift();
      return entry;
    },
    get newestId() {
      return idOf(count);
    },
    after: (id) => {
      const number = Number(id.slice(run.length + 1));
      const missed = count - number;
      const isKnown = idOf(number) === id && missed >= 0 && missed <= entries.length;
      return isKnown ? entries.slice(entries.length - missed) : undefined;
    },
  };
}
