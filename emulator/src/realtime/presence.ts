import type { Db, Sql } from '../db/db.ts';
import type { ChosenStatus } from '../wire/frames.ts';
import type { Person, Statuses } from './presenceTable.ts';
import {
  arrive,
  choose,
  countOnline,
  depart,
  statuses,
  sweep,
  takeNumber,
} from './presenceTable.ts';

/**
 * Who is here: a person is online while at least one stream (or a bot) is open on any process, and for a short grace
 * after.
 */
export interface Presence {
  enter(person: Person): void;
  /** The grace is how long it takes until the person is told to have left. */
  exit(person: Person, graceMs?: number): void;
  choose(person: Person, status: ChosenStatus): Promise<void>;
  statuses(): Promise<Statuses>;
  online(): Promise<number>;
  /** This process is known in a new session: whom it has is entered in its name. */
  begin(session: Sql): Promise<void>;
  /** Whom it has stays in the table: those who do not come back elsewhere are swept by the others. */
  stop(): Promise<void>;
}

interface Entry {
  readonly person: Person;
  streams: number;
  /** No sooner than this it is told to have left. */
  hereUntilMs: number;
  leaving: NodeJS.Timeout | undefined;
}

const usualGraceMs = 1000;
/** How often it is looked for processes that are no more. */
const sweepMs = 1000;

export function makePresence(db: Db, report: (error: unknown) => void): Presence {
  const here = new Map<string, Entry>();
  let number = 0;
  let isOver = false;
  let sweeping: NodeJS.Timeout | undefined;
  // one after another: who comes and goes at once must end as what came last
  let queue: Promise<void> = Promise.resolve();

  function later(act: () => Promise<void>): void {
    queue = queue.then(act).catch(report);
  }

  function leave(entry: Entry): void {
    here.delete(entry.person.userId);
    later(() => depart(db, number, entry.person));
  }

  /** Nobody else can be in a built-in Postgres, so what was left behind is looked for once. */
  function sweepOften(): void {
    if (db.kind === 'pglite' || sweeping !== undefined) return;
    sweeping = setInterval(() => {
      later(() => sweep(db));
    }, sweepMs);
  }

  return {
    enter: (person) => {
      if (isOver) return;
      const entry = here.get(person.userId);
      if (entry === undefined) {
        here.set(person.userId, { person, streams: 1, hereUntilMs: 0, leaving: undefined });
        later(() => arrive(db, number, person));
        return;
      }
      entry.streams += 1;
      clearTimeout(entry.leaving);
    },
    exit: (person, graceMs = usualGraceMs) => {
      const entry = here.get(person.userId);
      if (entry === undefined || isOver) return;
      entry.streams -= 1;
      entry.hereUntilMs = Math.max(entry.hereUntilMs, Date.now() + graceMs);
      if (entry.streams > 0) return;
      entry.leaving = setTimeout(() => {
        leave(entry);
      }, entry.hereUntilMs - Date.now());
    },
    choose: (person, status) => choose(db, person, status),
    statuses: () => statuses(db),
    online: () => countOnline(db),
    begin: async (session) => {
      number = await takeNumber(session);
      for (const { person } of here.values()) later(() => arrive(db, number, person));
      // after them: who is still here has not left
      later(() => sweep(db));
      sweepOften();
    },
    stop: async () => {
      isOver = true;
      clearInterval(sweeping);
      for (const { leaving } of here.values()) clearTimeout(leaving);
      await queue;
    },
  };
}
