/** A channel that is open. @public */
export interface BroadcastLine {
  /** Says something plain to all other pages that have the channel open. */
  post(message: unknown): void;
  close(): void;
}

/** What pages of one origin say to each other, as a port. @public */
export interface Broadcast {
  /** Hears on a channel what others say there, never what this one says. */
  open(name: string, onMessage: (message: unknown) => void): BroadcastLine;
}

interface BroadcastScope {
  readonly BroadcastChannel?: typeof BroadcastChannel;
}

/** The browser's own (`BroadcastChannel`), looked up at each call; where there is none, nobody hears. @public */
export const systemBroadcast: Broadcast = {
  open(name, onMessage) {
    const { BroadcastChannel: Channel } = globalThis as BroadcastScope;
    if (Channel === undefined) {
      return { post: () => undefined, close: () => undefined };
    }
    const channel = new Channel(name);
    // In Node, listening would keep the process alive.
    (channel as { unref?: () => void }).unref?.();
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      onMessage(data);
    };
    return {
      post(message) {
        channel.postMessage(message);
      },
      close() {
        channel.onmessage = null;
        channel.close();
      },
    };
  },
};
