type ChosenStatus = 'online' | 'away' | 'busy';

interface Person {
  readonly userId: string;
  readonly username: string;
}

export interface PresenceChange extends Person {
  readonly action: 'join' | 'leave' | 'update';
  readonly status: ChosenStatus | 'offline';
  readonly onlineCount: number;
}

/** The timer that waits for a person to come back; tests and stop() need a hold on it. */
export interface Timers {
  set(run: () => void, ms: number): unknown;
  clear(handle: unknown): void;
}

/** Who is here: a person is online while at least one stream (or a bot) is open, and for a short grace after. */
export interface Presence {
  enter(person: Person): void;
  exit(person: Person): void;
  /** Kept for the next time if the person is not online. */
  choose(person: Person, status: ChosenStatus): void;
  statusOf(userId: string): ChosenStatus | 'offline';
  readonly online: number;
  stop(): void;
}

interface Entry {
  streams: number;
  leaving: unknown;
}

const graceMs = 1000;

export function makePresence(timers: Timers, onChange: (change: PresenceChange) => void): Presence {
  const present = new Map<string, Entry>();
  const chosen = new Map<string, ChosenStatus>();
  const statusOf = (userId: string) =>
    present.has(userId) ? (chosen.get(userId) ?? 'online') : 'offline';

  function tell(action: PresenceChange['action'], { userId, username }: Person): void {
    const status = statusOf(userId);
    onChange({ action, userId, username, status, onlineCount: present.size });
  }

  return {
    enter: (person) => {
      const entry = present.get(person.userId);
      if (entry === undefined) {
        present.set(person.userId, { streams: 1, leaving: undefined });
        tell('join', person);
        return;
      }
      entry.streams += 1;
      timers.clear(entry.leaving);
    },
    exit: (person) => {
      const entry = present.get(person.userId);
      if (entry === undefined) return;
      entry.streams -= 1;
      if (entry.streams > 0) return;
      entry.leaving = timers.set(() => {
        present.delete(person.userId);
        tell('leave', person);
      }, graceMs);
    },
    choose: (person, status) => {
      chosen.set(person.userId, status);
      if (present.has(person.userId)) tell('update', person);
    },
    statusOf,
    get online() {
      return present.size;
    },
    stop: () => {
      for (const entry of present.values()) timers.clear(entry.leaving);
      present.clear();
    },
  };
}
