import type { Broadcast } from './broadcast';
import { systemBroadcast } from './broadcast';
import type { Clock } from './clock';
import { systemClock } from './clock';
import type { FetchLike } from './fetchLike';
import { systemFetch } from './fetchLike';
import { createIndexedDbStorage } from './indexedDb';
import type { Locks } from './locks';
import { systemLocks } from './locks';
import type { Logger } from './logger';
import { silentLogger } from './logger';
import type { Online } from './online';
import { systemOnline } from './online';
import type { PageCache } from './pageCache';
import { systemPageCache } from './pageCache';
import type { Random } from './random';
import { systemRandom } from './random';
import type { Scheduler } from './scheduler';
import { createScheduler } from './scheduler';
import type { KeyValueStorage } from './storage';
import type { Timers } from './timers';
import { systemTimers } from './timers';
import type { UploadLike } from './upload';
import { createUpload } from './upload';
import type { Visibility } from './visibility';
import { systemVisibility } from './visibility';
import type { OpenSocket } from './webSocket';
import { systemOpenSocket } from './webSocket';

/** Everything that this package asks of the world around it. @public */
export interface Platform {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly fetch: FetchLike;
  /** Sends files. Uses `fetch` only where there is no `XMLHttpRequest`: replace both. */
  readonly upload: UploadLike;
  readonly openSocket: OpenSocket;
  readonly online: Online;
  readonly visibility: Visibility;
  readonly pageCache: PageCache;
  readonly logger: Logger;
  /** What outlives the page; opened only where something is to be kept. */
  readonly storage: KeyValueStorage;
  readonly locks: Locks;
  readonly broadcast: Broadcast;
}

/**
 * The real world: a browser, or a server, where each part stands for what is missing there. The logger is silent unless
 * one is given.
 *
 * @public
 */
export function createBrowserPlatform(overrides: Partial<Platform> = {}): Platform {
  const timers = overrides.timers ?? systemTimers;
  const visibility = overrides.visibility ?? systemVisibility;
  const fetch = overrides.fetch ?? systemFetch;
  return {
    clock: systemClock,
    timers,
    random: systemRandom,
    scheduler: createScheduler({ timers, visibility }),
    fetch,
    upload: createUpload(fetch),
    openSocket: systemOpenSocket,
    online: systemOnline,
    visibility,
    pageCache: systemPageCache,
    logger: silentLogger,
    storage: createIndexedDbStorage(),
    locks: systemLocks,
    broadcast: systemBroadcast,
    ...overrides,
  };
}
