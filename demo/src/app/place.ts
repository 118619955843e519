import { useSyncExternalStore } from 'react';

/** Where in the workspace the address points: `/hudhud/general`. */
export interface Place {
  readonly projectSlug: string;
  readonly channelSlug: string;
}

const home: Place = { projectSlug: 'hudhud', channelSlug: 'general' };
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Reads an address; what it leaves out is the usual place. */
function readPlace(pathname: string): Place {
  const [project, channel] = pathname.split('/').filter((part) => part !== '');
  return {
    projectSlug: project === undefined ? home.projectSlug : decode(project),
    channelSlug: channel === undefined ? home.channelSlug : decode(channel),
  };
}

export function pathOf({ projectSlug, channelSlug }: Place): string {
  return `/${encodeURIComponent(projectSlug)}/${encodeURIComponent(channelSlug)}`;
}

export function goTo(place: Place): void {
  const path = pathOf(place);
  if (path === window.location.pathname) return;
  window.history.pushState(null, '', path);
  tell();
}

/** Writes the whole address where a part of it went without saying. */
export function completeAddress(place: Place): void {
  if (window.location.pathname === '/') window.history.replaceState(null, '', pathOf(place));
  tell();
}

/** Goes elsewhere than asked. The place that is left is no place to come back to. */
export function redirectTo(place: Place): void {
  window.history.replaceState({ isRedirect: true }, '', pathOf(place));
  tell();
}

/** The reader knows that they are elsewhere. */
export function forgetRedirect(): void {
  window.history.replaceState(null, '');
  tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

export function usePlace(): Place {
  return readPlace(useSyncExternalStore(subscribe, () => window.location.pathname));
}

/** Whether this place is shown instead of another one that was asked for. */
export function useWasRedirected(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => (window.history.state as { readonly isRedirect?: true } | null)?.isRedirect === true,
  );
}
