import type { UnknownAction } from '@reduxjs/toolkit';

/** What a host's api says of its cache, as far as it matters here. @internal */
export type HostEvent =
  | { readonly is: 'asked'; readonly request: HostRequest }
  | { readonly is: 'answered'; readonly request: HostRequest; readonly payload: unknown }
  | { readonly is: 'refused'; readonly request: HostRequest }
  | { readonly is: 'filled'; readonly entries: readonly FilledEntry[] }
  | { readonly is: 'patched'; readonly key: string; readonly patches: unknown }
  | { readonly is: 'removed'; readonly key: string }
  | { readonly is: 'reset' };

/** @internal */
export interface HostRequest {
  readonly requestId: string;
  /** Names the answer in the cache. */
  readonly key: string;
  readonly endpoint: string;
  readonly arg: unknown;
  /** Of an infinite query that asks for one page more. */
  readonly direction: 'forward' | 'backward' | null;
  /** A value that the host puts in place of an answer (`upsertQueryData`). */
  readonly isUpsert: boolean;
}

/** An answer that the host put into the cache without asking (`upsertQueryEntries`). @internal */
interface FilledEntry {
  readonly key: string;
  readonly endpoint: string;
  readonly arg: unknown;
  readonly value: unknown;
}

/** The same of RTK Query's `meta`; its queries are asked for by thunks of this shape. */
interface ThunkMeta {
  readonly requestId: string;
  readonly condition?: boolean;
  readonly arg: {
    readonly type: string;
    readonly queryCacheKey: string;
    readonly endpointName: string;
    readonly originalArgs: unknown;
    readonly direction?: 'forward' | 'backward';
  };
}

interface UpsertedEntry {
  readonly queryDescription: ThunkMeta['arg'];
  readonly value: unknown;
}

interface PatchedEntry {
  readonly queryCacheKey: string;
  readonly patches: unknown;
}

/** RTK Query marks what takes a given value for an answer by a function under a symbol of its own. */
function isForced(arg: object): boolean {
  return Object.getOwnPropertySymbols(arg).some(
    (symbol) => typeof (arg as Record<symbol, unknown>)[symbol] === 'function',
  );
}

function requestOf({ requestId, arg }: ThunkMeta): HostRequest {
  return {
    requestId,
    key: arg.queryCacheKey,
    endpoint: arg.endpointName,
    arg: arg.originalArgs,
    direction: arg.direction ?? null,
    isUpsert: isForced(arg),
  };
}

/**
 * Reads the actions of one api. They are RTK Query's own: their names and shapes are held to by tests that run it.
 *
 * @internal
 */
export function createHostReader(reducerPath: string): (action: UnknownAction) => HostEvent | null {
  const prefix = `${reducerPath}/`;
  return (action) => {
    const { type } = action;
    if (!type.startsWith(prefix)) return null;
    // the name is the api's own, so the rest of the action is what that api makes
    const { payload, meta } = action as unknown as { payload: never; meta: ThunkMeta };
    switch (type.slice(prefix.length)) {
      case 'executeQuery/pending':
        return { is: 'asked', request: requestOf(meta) };
      case 'executeQuery/fulfilled':
        return { is: 'answered', request: requestOf(meta), payload };
      case 'executeQuery/rejected':
        // one that never left: another request for the same is under way
        return meta.condition === true ? null : { is: 'refused', request: requestOf(meta) };
      case 'queries/cacheEntriesUpserted':
        return { is: 'filled', entries: (payload as readonly UpsertedEntry[]).map(filledOf) };
      case 'queries/queryResultPatched':
        return patchedOf(payload);
      case 'queries/removeQueryResult':
        return { is: 'removed', key: (payload as { queryCacheKey: string }).queryCacheKey };
      case 'resetApiState':
        return { is: 'reset' };
      default:
        return null;
    }
  };
}

function patchedOf({ queryCacheKey, patches }: PatchedEntry): HostEvent {
  return { is: 'patched', key: queryCacheKey, patches };
}

function filledOf({ queryDescription, value }: UpsertedEntry): FilledEntry {
  const { queryCacheKey, endpointName, originalArgs } = queryDescription;
  return { key: queryCacheKey, endpoint: endpointName, arg: originalArgs, value };
}
