/**
 * The essence of a `Content-Type`: `Text/Event-Stream; charset=x` is `text/event-stream`.
 *
 * @internal
 */
export function essenceOf(contentType: string | null): string | null {
  const [essence = ''] = (contentType ?? '').split(';', 1);
  return essence.trim().toLowerCase() || null;
}
