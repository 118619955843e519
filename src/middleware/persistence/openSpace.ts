import type { KeyValueStorage } from '../../platform/storage';
import { entry, isOutboxEntry, operationsIn, storedVersion } from './storedFormat';

/** A space that can be written to. @internal */
export interface OpenedSpace {
  /** What an earlier visit left. */
  readonly entries: ReadonlyMap<string, unknown>;
  readonly session: string;
  /** There was something, of a version that is not known here. It was wiped. */
  readonly isOutdated: boolean;
  /** Wishes among that. */
  readonly lost: number;
}

/** Two tabs may begin at the same moment: then one reads what the other has made. */
const maxTries = 5;

const textOr = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/**
 * Reads a space, and begins a session in it where none is, or none of this version.
 *
 * @internal
 */
export async function openSpace(
  storage: KeyValueStorage,
  space: string,
  makeId: () => string,
): Promise<OpenedSpace> {
  for (let tries = 0; tries < maxTries; tries++) {
    const entries = await storage.read(space);
    const version = textOr(entries.get(entry.version));
    const known = textOr(entries.get(entry.session));
    if (version === storedVersion && known !== undefined) {
      return { entries, session: known, isOutdated: false, lost: 0 };
    }
    const session = makeId();
    const changes = [
      { dropAll: '' },
      { put: entry.version, value: storedVersion },
      { put: entry.session, value: session },
    ];
    const found = { [entry.version]: version, [entry.session]: known };
    if (!(await storage.write(space, changes, found))) continue;
    const lost = [...entries].flatMap(([key, value]) =>
      isOutboxEntry(key) ? operationsIn(value) : [],
    );
    return { entries: new Map(), session, isOutdated: entries.size > 0, lost: lost.length };
  }
  throw new Error('Other tabs change the storage all the time.');
}
