import type { Counters } from '../platform/counters';
import type { ServerEvent, ServerEventType } from '../protocol/serverEvents';

/**
 * The events of a type. Not `Extract`: one event may go by several types, and would belong to none of them.
 *
 * @public
 */
export type EventOf<T extends ServerEventType, E = ServerEvent> = E extends {
  readonly type: infer U;
}
  ? [T & U] extends [never]
    ? never
    : E
  : never;

/** What a subscriber of one event type is called with. @public */
export type EventHandler<T extends ServerEventType = ServerEventType> = (event: EventOf<T>) => void;

/**
 * Tells decoded events to whoever asked for them by type, after the state has them. It outlives every connection, so
 * that nobody goes deaf on a reconnect (D10, D18).
 *
 * @internal
 */
export interface Emitter {
  readonly on: <T extends ServerEventType>(type: T, handler: EventHandler<T>) => () => void;
  readonly off: <T extends ServerEventType>(type: T, handler: EventHandler<T>) => void;
  readonly emit: (events: readonly ServerEvent[]) => void;
}

/** @internal */
export function createEmitter(counters: Counters): Emitter {
  const handlers = new Map<string, Set<(event: ServerEvent) => void>>();

  const off: Emitter['off'] = (type, handler) => {
    handlers.get(type)?.delete(handler as (event: ServerEvent) => void);
  };
  return {
    on(type, handler) {
      let known = handlers.get(type);
      if (known === undefined) {
        known = new Set();
        handlers.set(type, known);
      }
      // the map's key is the event's type: the handler is only ever called with events of its own
      known.add(handler as (event: ServerEvent) => void);
      return () => {
        off(type, handler);
      };
    },
    off,
    emit(events) {
      if (handlers.size === 0) return;
      for (const event of events) {
        const known = handlers.get(event.type);
        if (known === undefined || known.size === 0) continue;
        // a copy: who subscribes meanwhile waits for the next event; who left meanwhile is not called
        for (const handler of [...known]) {
          if (!known.has(handler)) continue;
          try {
            handler(event);
          } catch {
            // a host's handler must not stop the stream; that it threw is counted
            counters.inc('handlerErrors', `on:${event.type}`);
          }
        }
      }
    },
  };
}
