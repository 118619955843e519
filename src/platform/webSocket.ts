/** What a socket calls, until it is closed. @public */
export interface SocketHandlers {
  onOpen(): void;
  onText(text: string): void;
  /** It is gone, or never came to be; 1006 where nobody said why. */
  onClose(code: number): void;
}

/** An open WebSocket, or one on its way. @public */
export interface Socket {
  send(text: string): void;
  /** No handler is called after this. */
  close(): void;
}

/** Opens a WebSocket, as a port. `null`: there is none here. Throws for an address that is none. @public */
export type OpenSocket = (url: string, handlers: SocketHandlers) => Socket | null;

interface SocketScope {
  readonly WebSocket?: new (url: string) => WebSocket;
  readonly location?: { readonly href?: string };
}

/** The same place by WebSocket; an address may be relative to the page's root. */
function toSocketUrl(url: string, base: string | undefined): string {
  const absolute = new URL(url, base);
  absolute.protocol = absolute.protocol === 'http:' || absolute.protocol === 'ws:' ? 'ws:' : 'wss:';
  absolute.hash = '';
  return absolute.href;
}

/** The machine's own, looked up at each call. @public */
export const systemOpenSocket: OpenSocket = (url, handlers) => {
  const { WebSocket: System, location } = globalThis as SocketScope;
  if (System === undefined) return null;
  const socket = new System(toSocketUrl(url, location?.href));
  let isOver = false;
  socket.onopen = () => {
    if (!isOver) handlers.onOpen();
  };
  socket.onmessage = ({ data }: MessageEvent) => {
    // what is no text is nothing that this package understands
    if (!isOver && typeof data === 'string') handlers.onText(data);
  };
  // an error is always followed by a close, which says no less
  socket.onclose = ({ code }) => {
    if (isOver) return;
    isOver = true;
    handlers.onClose(code);
  };
  return {
    send(text) {
      socket.send(text);
    },
    close() {
      isOver = true;
      socket.close();
    },
  };
};
