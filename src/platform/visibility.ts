import type { Cancel } from './timers';

/** Whether someone can see the page, as a port. @public */
export interface Visibility {
  isVisible(): boolean;
  /** Calls back at each change; returns how to stop. */
  subscribe(listener: (visible: boolean) => void): Cancel;
}

interface VisibilityScope {
  readonly document?: Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>> & {
    readonly visibilityState?: string;
  };
}

/** What the browser says; where there is no page, nothing hides it. @public */
export const systemVisibility: Visibility = {
  isVisible: () => (globalThis as VisibilityScope).document?.visibilityState !== 'hidden',
  subscribe(listener) {
    const page = (globalThis as VisibilityScope).document;
    const tell = () => {
      listener(systemVisibility.isVisible());
    };
    page?.addEventListener?.('visibilitychange', tell);
    return () => {
      page?.removeEventListener?.('visibilitychange', tell);
    };
  },
};
