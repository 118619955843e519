/** An address that may be followed or shown: of the web or of this page, never one that runs anything. */
export function safeHref(url: string | null): string | null {
  if (url === null || !URL.canParse(url, window.location.origin)) return null;
  const { protocol, href } = new URL(url, window.location.origin);
  return protocol === 'http:' || protocol === 'https:' ? href : null;
}
