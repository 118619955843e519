/** How one try to read a stream came to its end. @public */
export type StreamEnd =
  /** The server closed it, in good order. */
  | { readonly kind: 'ended' }
  /** Any status other than 200. */
  | { readonly kind: 'refused'; readonly status: number; readonly retryAfterMs: number | null }
  /** It was not asked: our own budget has no room for what this way takes, for so long. */
  | { readonly kind: 'no_room'; readonly retryAfterMs: number }
  /** A 200 that is no event stream; the type is its essence, or `null` where there was none. */
  | { readonly kind: 'wrong_type'; readonly contentType: string | null }
  /** No answer, or a broken one. */
  | { readonly kind: 'network' }
  /** We closed it. */
  | { readonly kind: 'aborted' }
  /** A frame passed the limit. */
  | { readonly kind: 'too_large' }
  /** No answer, or not one byte, for too long. */
  | { readonly kind: 'timeout'; readonly waitedFor: 'headers' | 'bytes' };
