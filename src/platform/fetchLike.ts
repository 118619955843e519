/** The part of `fetch` that this package uses. @public */
export type FetchLike = (url: string, init?: RequestInit) => Promise<Response>;

/** The global `fetch`, looked up at each call, so that what a host installs later is used. @public */
export const systemFetch: FetchLike = (url, init) => globalThis.fetch(url, init);
