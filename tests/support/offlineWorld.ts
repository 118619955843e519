import type { HudhudOptions, PersistenceOptions } from '../../src';
import type { FakeOrigin, FakeTab } from '../../src/testing';
import { createFakeOrigin } from '../../src/testing';
import { row, startMs } from './hudhudAnswers';
import type { OutboxWorld, WireRow } from './outboxWorld';
import { createOutboxWorld } from './outboxWorld';

/** A page that is open. */
export interface Page extends OutboxWorld {
  readonly tab: FakeTab;
}

/** Each page has a stream of its own: what they share of that is for other tests. */
const alone = { shareStream: false } as const;

/** One browser, and a server that keeps what is written: pages come and go. */
export interface OfflineWorld {
  readonly origin: FakeOrigin;
  /** What the server has, oldest first; the first two are Omar's. */
  readonly rows: WireRow[];
  /** Opens a page in which Lina signs in, starts and looks at #general. */
  open(options?: Partial<HudhudOptions>, spoil?: (tab: FakeTab) => FakeTab): Promise<Page>;
  /** What is on disk, as one text. */
  onDisk(): string;
}

/** @param persistence - What every page keeps. */
export function createOfflineWorld(persistence: PersistenceOptions = {}): OfflineWorld {
  const origin = createFakeOrigin();
  const rows: WireRow[] = [row(1), row(2)];
  let pages = 0;
  let now = startMs;
  let last: Page | null = null;
  return {
    origin,
    rows,
    async open(options = {}, spoil = (tab) => tab) {
      pages += 1;
      // pages share the time of day
      now = Math.max(now, last?.platform.clock.now() ?? 0);
      const tab = spoil(origin.tab());
      const place = { rows, tab, seed: pages, now };
      const world = await createOutboxWorld(
        { persistence, ...alone, ...options },
        2,
        undefined,
        place,
      );
      last = Object.assign(world, { tab });
      return last;
    },
    onDisk: () => JSON.stringify([...origin.disk].map(([space, entries]) => [space, [...entries]])),
  };
}
