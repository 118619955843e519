import type { Db } from './db/db.ts';
import type { Faults } from './faults/faults.ts';
import type { Hub } from './realtime/hub.ts';
import type { Presence } from './realtime/presence.ts';
import type { Tokens } from './services/tokens.ts';

/** What every service works with. Routes and traffic bots hand in the same one. */
export interface Context {
  readonly db: Db;
  readonly hub: Hub;
  readonly presence: Presence;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly broadcastCopies: boolean;
  /** `http://host:port`, once it listens, or what stands before it. */
  readonly origin: () => string;
}
