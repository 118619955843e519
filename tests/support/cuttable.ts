import type { FetchLike } from '../../src/platform/fetchLike';

/** A stream that can be cut, as a network cuts one. */
export function cuttable(fetch: FetchLike): {
  readonly fetch: FetchLike;
  readonly cut: () => void;
} {
  let cutNow: (() => void) | null = null;
  const cutting: FetchLike = async (url, init) => {
    const response = await fetch(url, init);
    if (!url.includes('/realtime/stream') || response.body === null) return response;
    const cut = new TransformStream<Uint8Array, Uint8Array>({
      start(controller) {
        cutNow = () => {
          controller.error(new TypeError('the network is gone'));
        };
      },
    });
    return new Response(response.body.pipeThrough(cut), response);
  };
  return {
    fetch: cutting,
    cut: (): void => {
      cutNow?.();
      cutNow = null;
    },
  };
}
