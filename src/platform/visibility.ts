import type { Cancel } from './timers';

/** Whether someone can see the page, as a port. @public */
export interface Visibility {
  isVisible(): boolean;
  /** Calls back at each change, and when the page returns from the back/forward cache; returns how to stop. */
  subscribe(listener: (visible: boolean) => void): Cancel;
}

type Listenable = Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>;

interface VisibilityScope extends Listenable {
  readonly document?: Listenable & { readonly visibilityState?: string };
}

/** What the browser says; where there is no page, nothing hides it. @public */
export const systemVisibility: Visibility = {
  isVisible: () => (globalThis as VisibilityScope).document?.visibilityState !== 'hidden',
  subscribe(listener) {
    const scope = globalThis as VisibilityScope;
    const page = scope.document;
    const tell = () => {
      listener(systemVisibility.isVisible());
    };
    page?.addEventListener?.('visibilitychange', tell);
    // A page taken from the back/forward cache has lost its sockets, and may not hear `visibilitychange`.
    scope.addEventListener?.('pageshow', tell);
    return () => {
      page?.removeEventListener?.('visibilitychange', tell);
      scope.removeEventListener?.('pageshow', tell);
    };
  },
};
