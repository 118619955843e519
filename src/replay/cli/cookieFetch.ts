import type { FetchLike } from '../../platform/fetchLike';
import { systemFetch } from '../../platform/fetchLike';

/**
 * `fetch` with the cookies that a browser would keep: a session is renewed by one. They are held in memory, by origin,
 * and end with the process.
 *
 * @internal
 */
export function createCookieFetch(fetch: FetchLike = systemFetch): FetchLike {
  const jars = new Map<string, Map<string, string>>();
  return async (url, init = {}) => {
    const { origin } = new URL(url);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set('cookie', [...jar].map((pair) => pair.join('=')).join('; '));
    const response = await fetch(url, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
}
