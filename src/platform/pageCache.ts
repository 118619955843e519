import type { Cancel } from './timers';

/** What becomes of a page that was left: a browser may keep it, frozen, for when somebody goes back. @public */
export type PageCacheEvent =
  /** It may be frozen from now on; open connections keep browsers from keeping it. */
  | 'put'
  /** It is shown again, with everything as it was. */
  | 'taken';

/** The back/forward cache, as a port. @public */
export interface PageCache {
  /** Calls back when the page is put there and when it is taken from there; returns how to stop. */
  subscribe(listener: (event: PageCacheEvent) => void): Cancel;
}

type PageScope = Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>;

const wasKept = (event: Event): boolean => 'persisted' in event && event.persisted === true;

/** What the browser says; where there is no page, nothing is left. @public */
export const systemPageCache: PageCache = {
  subscribe(listener) {
    const scope = globalThis as PageScope;
    const onHide = (event: Event) => {
      if (wasKept(event)) listener('put');
    };
    const onShow = (event: Event) => {
      if (wasKept(event)) listener('taken');
    };
    scope.addEventListener?.('pagehide', onHide);
    scope.addEventListener?.('pageshow', onShow);
    return () => {
      scope.removeEventListener?.('pagehide', onHide);
      scope.removeEventListener?.('pageshow', onShow);
    };
  },
};
