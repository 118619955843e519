import type { Cancel } from './timers';

/** Whether the machine has a network, as a port. @public */
export interface Online {
  /** `false` only when the machine is sure: "online" means no more than "may work". */
  isOnline(): boolean;
  /** Calls back at each change; returns how to stop. */
  subscribe(listener: (online: boolean) => void): Cancel;
}

interface OnlineScope extends Partial<
  Pick<EventTarget, 'addEventListener' | 'removeEventListener'>
> {
  readonly navigator?: { readonly onLine?: boolean };
}

/** What the browser says; a server is always online. @public */
export const systemOnline: Online = {
  isOnline: () => (globalThis as OnlineScope).navigator?.onLine !== false,
  subscribe(listener) {
    const scope = globalThis as OnlineScope;
    const onOnline = () => {
      listener(true);
    };
    const onOffline = () => {
      listener(false);
    };
    scope.addEventListener?.('online', onOnline);
    scope.addEventListener?.('offline', onOffline);
    return () => {
      scope.removeEventListener?.('online', onOnline);
      scope.removeEventListener?.('offline', onOffline);
    };
  },
};
