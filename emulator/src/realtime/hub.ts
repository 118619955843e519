import type { Encode, Frame } from './encoding.ts';

/** Who gets a frame. The members are looked up when it is sent, so joining a channel starts its frames at once. */
type Audience =
  | { readonly kind: 'everyone' }
  /** All who share a project with this person, and the person. */
  | { readonly kind: 'peers'; readonly userId: string }
  /** The readers of a channel, and people who have just ceased to be (`also`). */
  | { readonly kind: 'channel'; readonly channelId: string; readonly also?: readonly string[] };

/** One open stream. A channel stream names its channel and gets nothing else. */
interface Subscriber {
  readonly userId: string;
  readonly channelId?: string;
  send(frame: Frame, chunk: string): void;
}

/**
 * Fans frames out to open streams. This one works inside the process; one over LISTEN/NOTIFY would keep the
 * interface.
 */
export interface Hub {
  /** Returns at once. Frames are delivered in the order of the calls. */
  publish(frame: Frame, audience: Audience): void;
  attach(subscriber: Subscriber): () => void;
  readonly connections: number;
  readonly framesSent: number;
  /** Resolves when nothing that was published is still under way. */
  idle(): Promise<void>;
}

export type LookUp = (audience: Audience) => Promise<ReadonlySet<string> | 'everyone'>;

export function makeHub(lookUp: LookUp, encode: Encode, report: (error: unknown) => void): Hub {
  const subscribers = new Set<Subscriber>();
  let framesSent = 0;
  // one after another: the look-up takes a query, and two frames must not overtake each other
  let queue: Promise<void> = Promise.resolve();

  async function deliver(frame: Frame, audience: Audience): Promise<void> {
    if (subscribers.size === 0) return;
    const users = await lookUp(audience);
    const chunk = encode(frame);
    const channelId = audience.kind === 'channel' ? audience.channelId : undefined;
    for (const subscriber of subscribers) {
      const wanted = subscriber.channelId === undefined || subscriber.channelId === channelId;
      if (wanted && (users === 'everyone' || users.has(subscriber.userId))) {
        subscriber.send(frame, chunk);
        framesSent += 1;
      }
    }
  }

  return {
    publish: (frame, audience) => {
      queue = queue.then(() => deliver(frame, audience)).catch(report);
    },
    attach: (subscriber) => {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
    get connections() {
      return subscribers.size;
    },
    get framesSent() {
      return framesSent;
    },
    idle: () => queue,
  };
}
