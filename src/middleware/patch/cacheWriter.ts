import type { UnknownAction } from '@reduxjs/toolkit';
import type { StoreApi } from '../runtime';
import type { CachePatcher } from './createCachePatcher';
import type { Entry } from './entries';
import type { HandPatches } from './handPatches';
import type { Patch } from './patches';
import { patchesBetween } from './patches';
import { createTagsChange } from './providedTags';
import { createSameness } from './sameness';

/** Writes answers into the host's cache, and makes sure that they stand there. @internal */
export interface CacheWriter {
  /** Writes what an answer is to show now, unless it does. What somebody wrote by hand stays while that is no news. */
  write(entry: Entry, next: unknown): void;
  /** Looks whether what an answer is to show stands in the cache; if not, and nobody's patch stands, writes it. */
  settle(entry: Entry): void;
  /** Whether the patches of an action are ours. */
  isOurs(patches: unknown): boolean;
}

interface WriterParts {
  readonly store: StoreApi;
  readonly patcher: CachePatcher;
  readonly hand: HandPatches;
  readonly cached: (key: string) => unknown;
  /** Counts what went wrong. */
  readonly failed: (error: unknown) => void;
}

/** @internal */
export function createCacheWriter(parts: WriterParts): CacheWriter {
  const { store, patcher, hand, cached, failed } = parts;
  const isSame = createSameness();
  const tagsChange = createTagsChange(patcher, failed);
  const ours = new WeakSet();

  /** Whether the cache shows what it is to show. An answer that is not there any more needs nothing. */
  const stands = (entry: Entry): boolean => {
    const held = cached(entry.key);
    const isThere = held !== undefined && isSame(held, entry.shown);
    entry.seen = held;
    entry.written = isThere ? held : undefined;
    return isThere || held === undefined;
  };
  /**
   * Tells whether nothing was thrown, by the api's reducer or by whoever else saw the action.
   *
   * @param from - What stood there.
   */
  const send = (entry: Entry, patches: readonly Patch[], from: unknown): boolean => {
    const { rule, arg, shown } = entry;
    ours.add(patches);
    try {
      const isRetagged = tagsChange(entry, from, shown);
      // the api's own thunk: the store of a host that has the api takes it
      store.dispatch(patcher.patch(rule.endpoint, arg, patches, isRetagged) as UnknownAction);
      return true;
    } catch (error) {
      failed(error);
      return false;
    }
  };
  const replace = (entry: Entry) => {
    hand.writtenOver(entry.key);
    send(entry, [{ op: 'replace', path: [], value: entry.shown }], undefined);
    stands(entry);
  };
  const isLeft = ({ key }: Entry): boolean => hand.isStanding(key);

  return {
    isOurs: (patches) => typeof patches === 'object' && patches !== null && ours.has(patches),
    settle(entry) {
      if (!stands(entry) && !isLeft(entry)) replace(entry);
    },
    write(entry, next) {
      const held = cached(entry.key);
      if (held === undefined) return;
      const isWritten = held === entry.written || stands(entry);
      if (next === entry.shown && (isWritten || isLeft(entry))) return;
      const { shown } = entry;
      const patches = isWritten ? patchesBetween(shown, next) : null;
      entry.shown = next;
      if (patches === null) {
        replace(entry);
        return;
      }
      if (patches.length === 0) return;
      // until it is seen to stand: whoever is told of the patch may cause another one
      entry.written = undefined;
      const isSent = send(entry, patches, shown);
      // what somebody wrote by hand meanwhile is what they want
      if (stands(entry) || isLeft(entry)) return;
      if (isSent) failed(new Error('a patch did not arrive'));
      replace(entry);
    },
  };
}
