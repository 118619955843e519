import { createApi } from '@reduxjs/toolkit/query';
import { ids } from './hudhudAnswers';

/** A row of a host's answer, as the backend sends it. */
export type HostRow = Readonly<Record<string, unknown>>;

export interface MessagesArg {
  readonly channelId: string;
  readonly before?: string;
  readonly after?: string;
  readonly around?: string;
  readonly page?: number;
  readonly offset?: number;
}

export interface HistoryPage {
  readonly messages: readonly HostRow[];
  readonly has_more: boolean;
}

/** Where a page of the bounded list begins or ends; neither: the newest one. */
interface RecentParam {
  readonly before?: string;
  readonly after?: string;
}

/** Brings cached answers of another time or place. */
export const hydrated = (queries: object) => ({
  type: 'host/hydrated',
  // what else an api has beside its queries
  payload: { queries, mutations: {}, provided: { tags: {}, keys: {} }, subscriptions: {} },
});

function isHydrated(action: { readonly type: string }): action is ReturnType<typeof hydrated> {
  return action.type === 'host/hydrated';
}

/** A request of the host that waits for its answer. */
export interface HostRequest {
  readonly endpoint: string;
  readonly arg: unknown;
  answer(data: unknown): Promise<void>;
  refuse(): Promise<void>;
}

/**
 * An app's own RTK Query api, with plain nested lists, as an app writes it that has never heard of this package. The test
 * is its backend, and answers when it likes.
 */
export function createHostApi(reducerPath = 'hostApi' as const) {
  const requests: HostRequest[] = [];
  const ask = (endpoint: string, arg: unknown) =>
    new Promise<{ data: unknown } | { error: unknown }>((resolve) => {
      // what follows an answer needs a few turns
      const settled = async () => {
        for (let i = 0; i < 10; i++) await Promise.resolve();
      };
      requests.push({
        endpoint,
        arg,
        answer(data) {
          resolve({ data });
          return settled();
        },
        refuse() {
          resolve({ error: { status: 500 } });
          return settled();
        },
      });
    });
  const api = createApi({
    reducerPath,
    // its timers are real ones
    keepUnusedDataFor: Infinity,
    // as an app does that was rendered elsewhere, or keeps its cache over a reload
    extractRehydrationInfo: (action): never =>
      (isHydrated(action) ? action.payload : undefined) as never,
    baseQuery: ({ endpoint, arg }: { endpoint: string; arg: unknown }) => ask(endpoint, arg),
    endpoints: (build) => ({
      getMessages: build.query<readonly HostRow[], MessagesArg>({
        query: (arg) => ({ endpoint: 'getMessages', arg }),
      }),
      getMergedMessages: build.query<HostRow[], MessagesArg>({
        query: (arg) => ({ endpoint: 'getMergedMessages', arg }),
        serializeQueryArgs: ({ queryArgs }) => queryArgs.channelId,
        forceRefetch: ({ currentArg, previousArg }) => currentArg !== previousArg,
        merge(held, answer) {
          for (const row of answer) {
            const at = held.findIndex(({ message_id }) => message_id === row['message_id']);
            if (at < 0) held.push(row);
            else held[at] = row;
          }
        },
      }),
      getHistory: build.infiniteQuery<HistoryPage, MessagesArg, string | null>({
        query: ({ queryArg, pageParam }) => ({
          endpoint: 'getHistory',
          arg: { ...queryArg, before: pageParam },
        }),
        infiniteQueryOptions: {
          initialPageParam: null,
          getNextPageParam: ({ messages, has_more }) =>
            has_more ? String(messages[0]?.['created_at']) : undefined,
        },
      }),
      // keeps two pages at most, and can go either way
      getRecent: build.infiniteQuery<HistoryPage, MessagesArg, RecentParam>({
        query: ({ queryArg, pageParam }) => ({
          endpoint: 'getRecent',
          arg: { ...queryArg, ...pageParam },
        }),
        infiniteQueryOptions: {
          initialPageParam: {},
          maxPages: 2,
          getNextPageParam: ({ messages }) => ({ before: String(messages[0]?.['created_at']) }),
          getPreviousPageParam: ({ messages }) => ({
            after: String(messages.at(-1)?.['created_at']),
          }),
        },
      }),
      getMessage: build.query<{ readonly message: HostRow }, string>({
        query: (arg) => ({ endpoint: 'getMessage', arg }),
      }),
      getChannels: build.query<{ readonly channels: readonly HostRow[] }, undefined>({
        query: (arg) => ({ endpoint: 'getChannels', arg }),
      }),
      getMembers: build.query<{ readonly members: readonly HostRow[] }, string>({
        query: (arg) => ({ endpoint: 'getMembers', arg }),
      }),
      getUnread: build.query<
        { readonly data: { readonly total: number; readonly channels: Record<string, number> } },
        undefined
      >({ query: (arg) => ({ endpoint: 'getUnread', arg }) }),
      getWorkspace: build.query<HostRow, string>({
        query: (arg) => ({ endpoint: 'getWorkspace', arg }),
      }),
      rename: build.mutation<unknown, string>({
        query: (arg) => ({ endpoint: 'rename', arg }),
      }),
      // one place for whichever channel is open
      getOpenMessages: build.query<readonly HostRow[], MessagesArg>({
        query: (arg) => ({ endpoint: 'getOpenMessages', arg }),
        serializeQueryArgs: ({ endpointName }) => endpointName,
        forceRefetch: ({ currentArg, previousArg }) => currentArg !== previousArg,
      }),
    }),
  });
  return { api, requests };
}

export type HostApi = ReturnType<typeof createHostApi>['api'];
export const general: MessagesArg = { channelId: ids.general };
