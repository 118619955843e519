import { HudhudError } from '../../errors';
import type { Patch } from './patches';
import type { PatchedEndpoint, PatchRule } from './patchRule';

/**
 * What of a host's RTK Query api is made use of. Any api that `createApi` makes fits.
 *
 * @public
 */
export interface PatchableApi<Endpoint extends string = string> {
  readonly reducerPath: string;
  readonly endpoints: Readonly<Record<Endpoint, unknown>>;
  readonly util: {
    // methods, since the api's own are narrower in what they take
    patchQueryData(endpoint: never, arg: never, patches: never, updateProvided?: boolean): unknown;
  };
  enhanceEndpoints(partial: never): unknown;
}

/** How the endpoint takes in a further answer. @internal */
type Merge = (held: unknown, answer: unknown, meta: unknown) => unknown;

/** A host's api with its rules: an option of `createHudhud`. @public */
export interface CachePatcher {
  readonly reducerPath: string;
  /** @internal */
  readonly rules: ReadonlyMap<string, PatchRule>;
  /** The endpoint's own `merge`, where it has one. @internal */
  readonly merges: ReadonlyMap<string, Merge>;
  /** The tags that an answer of an endpoint provides; `null`: the same whatever it says. @internal */
  readonly tagsOf: (endpoint: string, data: unknown, arg: unknown) => unknown;
  /**
   * The thunk that writes patches into a cached answer.
   *
   * @internal
   * @param updateProvided - Whether its tags are computed anew.
   */
  readonly patch: (
    endpoint: string,
    arg: unknown,
    patches: readonly Patch[],
    updateProvided: boolean,
  ) => unknown;
}

type ProvidesTags = (data: unknown, error: undefined, arg: unknown, meta: object) => unknown;

interface Definition extends PatchedEndpoint {
  readonly type?: string;
  readonly merge?: Merge;
  /** A list, or what gives one. */
  readonly providesTags?: readonly unknown[] | ProvidesTags;
}

/**
 * Keeps a host's own RTK Query cache in step with the stream: each cached answer that a rule is about is its answer as
 * it came, with what came later and what is pending. Races between answers and events lose nothing, and nothing is ever
 * rolled back by inverse patches. Give it to `createHudhud` as one of `cachePatchers`.
 *
 * @public
 * @param api - The host's api; its reducer and middleware are mounted as always.
 * @param rules - At most one per endpoint.
 * @throws HudhudError `INVALID_OPTION`: a rule for an endpoint that the api does not have, or two for one.
 * @example
 * ```ts
 * const patcher = createCachePatcher(api, [
 *   messageList({ endpoint: 'getMessages', channelId: (arg: { channelId: string }) => arg.channelId }),
 *   channelList({ endpoint: 'getChannels', at: ['channels'] }),
 * ]);
 * const hudhud = createHudhud({ baseUrl: '/api', cachePatchers: [patcher] });
 * ```
 */
export function createCachePatcher<Endpoint extends string>(
  api: PatchableApi<Endpoint>,
  rules: readonly PatchRule<NoInfer<Endpoint>>[],
): CachePatcher {
  const byEndpoint = new Map<string, PatchRule>();
  const merges = new Map<string, Merge>();
  const definitions = new Map<string, Definition>();
  const readers: Record<string, (definition: Definition) => void> = {};
  for (const rule of rules) {
    const { endpoint } = rule;
    if (!Object.hasOwn(api.endpoints, endpoint)) {
      throw invalid(`the api has no endpoint "${endpoint}". Name one of its queries.`);
    }
    if (byEndpoint.has(endpoint)) throw invalid(`"${endpoint}" has two rules. Give it one.`);
    byEndpoint.set(endpoint, rule);
    readers[endpoint] = (definition) => {
      const { type, merge } = definition;
      if (type === 'mutation') throw invalid(`"${endpoint}" is a mutation: it has no cache.`);
      byEndpoint.set(endpoint, rule.withDefinition?.(definition) ?? rule);
      if (merge !== undefined) merges.set(endpoint, merge);
      definitions.set(endpoint, definition);
    };
  }
  // a function is shown the definition and changes nothing; the cast: the api knows its endpoints by their own types
  api.enhanceEndpoints({ endpoints: readers } as never);
  return {
    reducerPath: api.reducerPath,
    rules: byEndpoint,
    merges,
    tagsOf(endpoint, data, arg) {
      // looked at when it is needed: a host may add them to the endpoint later
      const providesTags = definitions.get(endpoint)?.providesTags;
      return typeof providesTags === 'function' ? providesTags(data, undefined, arg, {}) : null;
    },
    // only endpoints of the api itself come here, with arguments that it was given
    patch: (endpoint, arg, patches, updateProvided) =>
      api.util.patchQueryData(endpoint as never, arg as never, patches as never, updateProvided),
  };
}

function invalid(sentence: string): HudhudError {
  return new HudhudError('INVALID_OPTION', `cachePatchers: ${sentence}`, {
    field: 'cachePatchers',
  });
}
