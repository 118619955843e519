import type { Entries, Entry } from './entries';
import type { PatchTopic } from './patchRule';
import { everyChannel } from './topics';

/** Makes answers anew that depend on what has changed. @internal */
export interface Renewal {
  readonly mark: (topics: readonly PatchTopic[]) => void;
  /** Makes what was marked anew, once each. What comes meanwhile is seen to as well. */
  readonly flush: () => void;
  readonly forget: (entry: Entry) => void;
  readonly clear: () => void;
}

interface RenewalParts {
  readonly entries: Entries;
  /** Brings the cache to what an answer is now. */
  readonly write: (entry: Entry) => void;
  readonly failed: (error: unknown) => void;
}

/** @internal */
export function createRenewal({ entries, write, failed }: RenewalParts): Renewal {
  const dirty = new Set<PatchTopic>();
  const stale = new Set<Entry>();
  /** Those whose rule threw: they are tried again when something happens. */
  const broken = new Set<Entry>();

  const renew = (entry: Entry) => {
    if (!entries.has(entry) || entry.base === undefined) return;
    try {
      write(entry);
    } catch (error) {
      failed(error);
      broken.add(entry);
    }
  };
  return {
    mark(topics) {
      for (const topic of topics) {
        if (topic !== everyChannel) dirty.add(topic);
        else for (const id of entries.channelIds()) dirty.add(`messages:${id}`);
      }
    },
    flush() {
      while (dirty.size > 0) {
        for (const entry of [...entries.touchedBy(dirty), ...broken]) stale.add(entry);
        dirty.clear();
        broken.clear();
        // who flushes meanwhile finds here what is still to be done
        for (const entry of stale) {
          stale.delete(entry);
          renew(entry);
        }
      }
    },
    forget(entry) {
      broken.delete(entry);
    },
    clear() {
      dirty.clear();
    },
  };
}
