/** What the extension leaves for pages to find it by. */
const sign = '__REDUX_DEVTOOLS_EXTENSION__';

/**
 * Whether this browser has the Redux DevTools. Whether a store uses them, no middleware can tell.
 *
 * @internal
 */
export function hasDevTools(): boolean {
  return sign in globalThis;
}
