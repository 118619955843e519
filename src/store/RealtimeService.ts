import type { EventHandler } from '../middleware/emitter';
import type { ServerEventType } from '../protocol/serverEvents';
import type { Hudhud } from './createHudhud';
import { createHudhudStore } from './createHudhudStore';
import type { HudhudStatus } from './hudhudStatus';

/** The guide's `SSEConfig`. @public */
export interface SSEConfig {
  /** Address of the main stream. */
  readonly url: string;
  /** Access token. It stays in this object's memory. */
  readonly token: string;
  /** Upper bound of the first delay before a reconnect, in ms. Default 1,000. */
  readonly reconnectInterval?: number;
  /** Reconnects in a row that may fail. Default 10. */
  readonly maxReconnectAttempts?: number;
}

/**
 * The guide's service, for code that has no store: a stream with subscriptions by event type. Handlers are kept across
 * reconnects and across `disconnect()` (D10).
 *
 * @public
 * @example
 * ```ts
 * const service = new RealtimeService();
 * service.on('channel_message', (event) => show(event.message));
 * service.connect({ url: '/api/realtime/stream', token });
 * ```
 */
export class RealtimeService {
  private hudhud: Hudhud | null = null;
  private readonly handlers = new Map<ServerEventType, Set<EventHandler>>();

  /** Opens the stream; a stream that is open is closed first. */
  connect(config: SSEConfig): void {
    this.disconnect();
    const { url, token, reconnectInterval, maxReconnectAttempts } = config;
    const { hudhud } = createHudhudStore({
      baseUrl: url.replace(/\/realtime\/stream\/?$/, '') || '/',
      streamUrl: url,
      tokens: { getToken: () => token },
      connection: {
        ...(reconnectInterval === undefined ? {} : { initialDelayMs: reconnectInterval }),
        ...(maxReconnectAttempts === undefined ? {} : { maxReconnectAttempts }),
      },
    });
    this.hudhud = hudhud;
    for (const [type, handlers] of this.handlers) {
      for (const handler of handlers) hudhud.subscribe(type, handler);
    }
    hudhud.start();
  }

  /** Closes the stream. */
  disconnect(): void {
    this.hudhud?.stop();
    this.hudhud = null;
  }

  /** Calls back for every event of a type. */
  on<T extends ServerEventType>(eventType: T, callback: EventHandler<T>): void {
    const handlers = this.handlers.get(eventType) ?? new Set<EventHandler>();
    // the map's key is the event's type: the callback is only ever called with events of its own
    handlers.add(callback);
    this.handlers.set(eventType, handlers);
    this.hudhud?.subscribe(eventType, callback);
  }

  /** Ends what `on` began. */
  off<T extends ServerEventType>(eventType: T, callback: EventHandler<T>): void {
    this.handlers.get(eventType)?.delete(callback);
    this.hudhud?.unsubscribe(eventType, callback);
  }

  /** What is going on; `null` while not connected. */
  getStatus(): HudhudStatus | null {
    return this.hudhud?.getStatus() ?? null;
  }
}
