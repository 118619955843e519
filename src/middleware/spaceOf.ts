/**
 * Names a back end, or one person there: what tabs share, and what is kept beyond the page, goes by it.
 *
 * @internal
 */
export function spaceOf(baseUrl: string, userId = ''): string {
  return `${baseUrl.replace(/\/+$/, '')}|${userId}`;
}
