import type { AccountFact } from '../../protocol/models';
import type { AccountList, Statistics, StreamStatus } from '../../protocol/rest';
import type { Build, ReadEndpoint } from './definitions';
import { readAlways } from './definitions';

/** Accounts as an admin sees them. They stand in the cache: what the state knows of people is what everybody may. @public */
export type AccountsResult = Pick<AccountList, 'accounts'>;

/** Reads of which nothing belongs into the state: their answers stand in the cache as they are. @public */
export interface AccountEndpoints {
  /** Who is signed in, as the server says it. It signs nobody in. */
  readonly me: ReadEndpoint<void, AccountFact>;
  /** State of the server's streams, for diagnostics. */
  readonly realtimeStatus: ReadEndpoint<void, StreamStatus>;
  /** Every account; for admins. */
  readonly adminUsers: ReadEndpoint<void, AccountsResult>;
  /** The server's sums; for admins. */
  readonly adminStatistics: ReadEndpoint<void, Statistics>;
}

/** @internal */
export function accountEndpoints(build: Build): AccountEndpoints {
  return {
    me: readAlways(build, ({ rest }) => rest.me()),
    realtimeStatus: readAlways(build, ({ rest }) => rest.status()),
    adminUsers: readAlways<AccountsResult>(build, async ({ rest }) => {
      const { accounts } = await rest.accounts();
      return { accounts };
    }),
    adminStatistics: readAlways(build, ({ rest }) => rest.statistics()),
  };
}
