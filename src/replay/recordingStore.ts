import { invalidOption } from '../errors';
import type { Clock } from '../platform/clock';
import { systemClock } from '../platform/clock';
import { createIndexedDbStorage } from '../platform/indexedDb';
import type { Random } from '../platform/random';
import { systemRandom } from '../platform/random';
import type { KeyValueStorage, StorageChange } from '../platform/storage';
import { makeUuid } from '../platform/uuid';
import { joinLogs } from './joinLogs';
import type { LogSink } from './sinks';

/** Where recordings outlive the page. @public */
export interface RecordingStoreOptions {
  /** Names the database, `<name>-recordings`: one for each app and instance. Default `'hudhud'`. */
  readonly name?: string;
  /** Characters that are kept, of all recordings together; the oldest go first. Default 32 Mi. */
  readonly maxBytes?: number;
  /** Default: IndexedDB, opened at the first use. */
  readonly storage?: KeyValueStorage;
  /** Default: the real ones. */
  readonly platform?: { readonly clock: Clock; readonly random: Random };
}

/** A recording that is kept. @public */
export interface StoredRecording {
  readonly id: string;
  /** When it began, in ms since 1970. */
  readonly startedAt: number;
  /** Characters that are kept of it. */
  readonly bytes: number;
}

/** Keeps recordings, and gives them back in a later visit. @public */
export interface RecordingStore {
  /** For the `sink` of one recorder. */
  readonly sink: LogSink;
  /** What is kept, the newest first. The recording that runs is the first. */
  list(): Promise<readonly StoredRecording[]>;
  /** A recording as a log that can be replayed by itself. Empty where nothing of it is left. */
  read(id: string): Promise<string>;
  /** Forgets one recording, or all of them. What a recorder that runs writes from then on is kept from its next part on. */
  clear(id?: string): Promise<void>;
}

const space = 'recordings';
/** A recording is kept in parts, each a log of its own, so that the oldest can go: so many fill what may be kept. */
const parts = 8;
/** Room that a part begins with, in parts: one ends only at the next checkpoint. */
const roomForOne = 2;

/** What is known of a part without reading it. */
interface PartSize {
  readonly bytes: number;
  readonly at: number;
}

/** Keys sort as numbers do. */
const digits = (n: number, width: number): string => String(n).padStart(width, '0');
const partKey = (id: string, part: number): string => `${id}/${digits(part, 6)}`;
const recordingOf = (key: string): string => key.split('/')[0] ?? '';
/** So long: in the year 5000 it still sorts. */
const startDigits = 15;

function isPartSize(value: unknown): value is PartSize {
  if (typeof value !== 'object' || value === null) return false;
  const { bytes, at } = value as Partial<PartSize>;
  return typeof bytes === 'number' && typeof at === 'number';
}

/** Takes a part out, and what is known of it. */
function dropPart(key: string): readonly StorageChange[] {
  return [{ drop: `size/${key}` }, { dropAll: `text/${key}/` }];
}

/**
 * Makes a place for recordings that a reload does not end. In the page's last moment what waits is written too, as far as
 * the browser lets it.
 *
 * @public
 * @throws HudhudError `INVALID_OPTION`.
 * @example
 * ```ts
 * const recordings = createRecordingStore({ name: 'acme-chat' });
 * const recorder = createRecorder({ sink: recordings.sink });
 * // in a later visit
 * const [, before] = await recordings.list();
 * if (before !== undefined) downloadLog(await recordings.read(before.id));
 * ```
 */
export function createRecordingStore(options: RecordingStoreOptions = {}): RecordingStore {
  const { name = 'hudhud', maxBytes = 32 * 1_024 * 1_024 } = options;
  if (!(maxBytes > 0)) {
    throw invalidOption('maxBytes', 'give a number of characters, 1 or more.');
  }
  const { clock, random } = options.platform ?? { clock: systemClock, random: systemRandom };
  const storage = options.storage ?? createIndexedDbStorage(`${name}-recordings`);
  let current: string | null = null;
  let part = 0;
  let chunk = 0;
  let bytes = 0;
  /** What went wrong with the recording that runs; each has its own. */
  let failed: { error: unknown }[] = [];
  /** Everything that was begun. */
  let pending: Promise<unknown> = Promise.resolve();

  const sizes = async (): Promise<[key: string, size: PartSize][]> =>
    [...(await storage.read(space, 'size/'))].flatMap(([key, value]) =>
      isPartSize(value) ? [[key.slice('size/'.length), value]] : [],
    );
  /** Lets go of what was written longest ago. Of this recording the part that is being written stays. */
  const prune = async (): Promise<void> => {
    const kept = (await sizes()).sort(
      ([key, size], [other, { at }]) => at - size.at || (key < other ? 1 : -1),
    );
    const most = maxBytes * (1 - roomForOne / parts);
    const mine = current === null ? '' : partKey(current, part);
    let sum = 0;
    const gone = kept.filter(([key, size]) => (sum += size.bytes) > most && key !== mine);
    if (gone.length > 0)
      await storage.write(
        space,
        gone.flatMap(([key]) => dropPart(key)),
      );
  };
  const begin = (work: Promise<unknown>): void => {
    const failures = failed;
    const done = work.catch((error: unknown) => failures.push({ error }));
    pending = Promise.all([pending, done]);
  };

  const isRunning = (): boolean => current !== null;

  const sink: LogSink = {
    rollAfterBytes: Math.ceil(maxBytes / parts),
    write(text) {
      // what came after a gap could not be read
      const [failure] = failed;
      if (failure !== undefined) throw failure.error;
      const isFirst = current === null;
      current ??= `${digits(clock.now(), startDigits)}-${makeUuid(random)}`;
      const key = partKey(current, part);
      bytes += text.length;
      const size: PartSize = { bytes, at: clock.now() };
      const changes: readonly StorageChange[] = [
        { put: `text/${key}/${digits(chunk, 9)}`, value: text },
        { put: `size/${key}`, value: size },
      ];
      chunk += 1;
      // not after the one before: a page that ends has no next moment, and the database keeps the order
      begin(storage.write(space, changes));
      if (isFirst || chunk === 1) begin(prune());
    },
    roll() {
      part += 1;
      chunk = 0;
      bytes = 0;
    },
    async close() {
      const failures = failed;
      // at once: the recorder may be started again before all of this is written
      current = null;
      failed = [];
      part = chunk = bytes = 0;
      await pending;
      if (!isRunning()) storage.close();
      const [failure] = failures;
      if (failure !== undefined) throw failure.error;
    },
  };

  return {
    sink,
    async list() {
      await pending;
      const found = new Map<string, number>();
      for (const [key, size] of await sizes()) {
        const id = recordingOf(key);
        found.set(id, (found.get(id) ?? 0) + size.bytes);
      }
      return [...found]
        .map(([id, sum]) => ({ id, startedAt: Number(id.slice(0, startDigits)), bytes: sum }))
        .sort((a, b) => (a.id < b.id ? 1 : -1));
    },
    async read(id) {
      await pending;
      const entries = [...(await storage.read(space, `text/${id}/`))].sort(([a], [b]) =>
        a < b ? -1 : 1,
      );
      const texts = new Map<string, string>();
      for (const [key, text] of entries) {
        const [, , of = ''] = key.split('/');
        if (typeof text === 'string') texts.set(of, (texts.get(of) ?? '') + text);
      }
      return joinLogs([...texts.values()]);
    },
    async clear(id) {
      await pending;
      const changes: readonly StorageChange[] =
        id === undefined
          ? [{ dropAll: '' }]
          : [{ dropAll: `size/${id}/` }, { dropAll: `text/${id}/` }];
      await storage.write(space, changes);
    },
  };
}
