import type { Middleware } from '@reduxjs/toolkit';
import type { Api } from '@reduxjs/toolkit/query';
import { createApi } from '@reduxjs/toolkit/query';
import type { HudhudBaseQuery } from './baseQuery';
import { createBaseQuery } from './baseQuery';
import type { AccountEndpoints } from './endpoints/account';
import { accountEndpoints } from './endpoints/account';
import type { ChannelEndpoints } from './endpoints/channels';
import { channelEndpoints } from './endpoints/channels';
import type { HudhudApiPath } from './endpoints/definitions';
import type { MessageEndpoints } from './endpoints/messages';
import { messageEndpoints } from './endpoints/messages';
import type { ProjectEndpoints } from './endpoints/projects';
import { projectEndpoints } from './endpoints/projects';
import type { ReactionEndpoints } from './endpoints/reactions';
import { reactionEndpoints } from './endpoints/reactions';
import type { SearchEndpoints } from './endpoints/search';
import { searchEndpoints } from './endpoints/search';
import type { UnreadEndpoints } from './endpoints/unread';
import { unreadEndpoints } from './endpoints/unread';
import type { WorkspaceEndpoints } from './endpoints/workspace';
import { workspaceEndpoints } from './endpoints/workspace';
import type { PerformRead } from './reading';

/** Every query of `hudhud.api`. Reads only: writes and signing in are plain calls. @public */
export interface HudhudQueries
  extends
    WorkspaceEndpoints,
    ChannelEndpoints,
    MessageEndpoints,
    SearchEndpoints,
    ReactionEndpoints,
    UnreadEndpoints,
    ProjectEndpoints,
    AccountEndpoints {}

/** The same, as RTK Query's types want it. @public */
export type HudhudEndpoints = Pick<HudhudQueries, keyof HudhudQueries>;

/**
 * The queries of one instance. Its cache holds ids, cursors and pagination; what the ids name stands in the state, under
 * the rules of every fact.
 *
 * @public
 */
export type HudhudApi = Api<HudhudBaseQuery, HudhudEndpoints, HudhudApiPath, never>;

const passOn: HudhudApi['middleware'] = () => (next) => (action) => next(action);

/**
 * Makes the queries.
 *
 * @internal
 * @returns Beside them, their middleware: the instance's own runs it, so that a host has one to add. Where a host adds
 * `api.middleware` as well, it does nothing.
 */
export function createHudhudApi(
  reducerPath: string,
  perform: PerformRead,
): { readonly api: HudhudApi; readonly middleware: Middleware } {
  const api: HudhudApi = createApi({
    // a host's own key is a string like this one
    reducerPath: reducerPath as HudhudApiPath,
    baseQuery: createBaseQuery(perform),
    endpoints: (build): HudhudEndpoints => ({
      ...workspaceEndpoints(build),
      ...channelEndpoints(build),
      ...messageEndpoints(build),
      ...searchEndpoints(build),
      ...reactionEndpoints(build),
      ...unreadEndpoints(build),
      ...projectEndpoints(build),
      ...accountEndpoints(build),
    }),
  });
  return { api: { ...api, middleware: passOn }, middleware: api.middleware };
}
