import type { HudhudRootState } from '../../selectors/root';
import type { Asking } from '../ordinals';
import type { PatchRule, PatchTopic } from './patchRule';

/** A request for an answer, while it is under way. @internal */
interface EntryRequest {
  readonly requestId: string;
  /** `null`: it was not seen to be sent, which may be long ago. */
  readonly asking: Asking | null;
  /** The host's state when it was sent; `null`: it was not seen. */
  readonly before: HudhudRootState | null;
}

/** One answer in a host's cache. @internal */
export interface Entry {
  readonly key: string;
  readonly rule: PatchRule;
  /** What the answer was asked for with, whatever has been asked for since. */
  arg: unknown;
  /** See `PatchSource`. */
  merged: readonly unknown[];
  request: EntryRequest | null;
  /** The answer as it came; `undefined` before the first one. */
  base: unknown;
  /** See `PatchSource`. */
  absentBefore: number;
  /** What is to stand in the cache. */
  shown: unknown;
  /** The same, as the cache holds it; `undefined` where it is not known to. */
  written: unknown;
  /** What the cache held when it was looked at last: another object came in a way that nobody saw. */
  seen: unknown;
  topics: readonly PatchTopic[];
}

/** The answers of one cache, by key and by what they depend on. @internal */
export class Entries {
  private readonly byKey = new Map<string, Entry>();
  private readonly byTopic = new Map<PatchTopic, Set<Entry>>();

  get(key: string): Entry | undefined {
    return this.byKey.get(key);
  }

  get size(): number {
    return this.byKey.size;
  }

  ensure(key: string, rule: PatchRule, arg: unknown): Entry {
    let entry = this.byKey.get(key);
    if (entry === undefined) {
      entry = {
        ...{ key, rule, arg, merged: [], request: null, base: undefined, absentBefore: 0 },
        ...{ shown: undefined, written: undefined, seen: undefined, topics: [] },
      };
      this.byKey.set(key, entry);
    }
    return entry;
  }

  setTopics(entry: Entry, topics: readonly PatchTopic[]): void {
    for (const topic of entry.topics) this.byTopic.get(topic)?.delete(entry);
    entry.topics = [...new Set(topics)];
    for (const topic of entry.topics) {
      const known = this.byTopic.get(topic);
      if (known === undefined) this.byTopic.set(topic, new Set([entry]));
      else known.add(entry);
    }
  }

  remove(entry: Entry): void {
    entry.request?.asking?.fail();
    this.setTopics(entry, []);
    this.byKey.delete(entry.key);
  }

  has(entry: Entry): boolean {
    return this.byKey.get(entry.key) === entry;
  }

  /** Those that depend on one of the topics. */
  touchedBy(topics: ReadonlySet<PatchTopic>): ReadonlySet<Entry> {
    const touched = new Set<Entry>();
    for (const topic of topics)
      for (const entry of this.byTopic.get(topic) ?? []) touched.add(entry);
    return touched;
  }

  all(): readonly Entry[] {
    return [...this.byKey.values()];
  }

  /** Channels whose messages are in an answer. */
  channelIds(): ReadonlySet<string> {
    const ids = new Set<string>();
    for (const [topic, entries] of this.byTopic) {
      if (entries.size === 0) this.byTopic.delete(topic);
      else if (topic.startsWith('messages:')) ids.add(topic.slice('messages:'.length));
    }
    return ids;
  }
}
