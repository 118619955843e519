import type { Encode, Frame } from './encoding.ts';
import type { FrameLog } from './frameLog.ts';

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

/** A frame on its way, with those who were its readers when it was sent. */
export interface Delivery {
  readonly frame: Frame;
  readonly chunk: string;
  readonly users: ReadonlySet<string> | 'everyone';
  readonly channelId: string | undefined;
}

/**
 * Fans frames out to open streams. This one works inside the process; one over LISTEN/NOTIFY would keep the
 * interface.
 */
export interface Hub {
  /** Returns at once. Frames are delivered in the order of the calls. */
  publish(frame: Frame, audience: Audience): void;
  /** With an id it is sent first what it missed since. */
  attach(subscriber: Subscriber, lastEventId?: string): () => void;
  /** Undefined: frames have no ids. */
  readonly log: FrameLog<Delivery> | undefined;
  readonly connections: number;
  readonly framesSent: number;
  /** Resolves when nothing that was published is still under way. */
  idle(): Promise<void>;
}

export type LookUp = (audience: Audience) => Promise<ReadonlySet<string> | 'everyone'>;

/** Nobody wants to hear later that somebody was typing. */
const passing = new Set(['typing']);

export function makeHub(
  lookUp: LookUp,
  encode: Encode,
  log: FrameLog<Delivery> | undefined,
  report: (error: unknown) => void,
): Hub {
  const subscribers = new Set<Subscriber>();
  let framesSent = 0;
  // one after another: the look-up takes a query, and two frames must not overtake each other
  let queue: Promise<void> = Promise.resolve();

  function send(subscriber: Subscriber, { frame, chunk, users, channelId }: Delivery): void {
    const wanted = subscriber.channelId === undefined || subscriber.channelId === channelId;
    if (wanted && (users === 'everyone' || users.has(subscriber.userId))) {
      subscriber.send(frame, chunk);
      framesSent += 1;
    }
  }

  async function deliver(frame: Frame, audience: Audience): Promise<void> {
    if (subscribers.size === 0 && log === undefined) return;
    const users = await lookUp(audience);
    const channelId = audience.kind === 'channel' ? audience.channelId : undefined;
    const make = (id?: string) => ({ frame, chunk: encode(frame, id), users, channelId });
    const delivery = passing.has(frame.event) ? make() : (log?.add(make) ?? make());
    for (const subscriber of subscribers) send(subscriber, delivery);
  }

  return {
    publish: (frame, audience) => {
      queue = queue.then(() => deliver(frame, audience)).catch(report);
    },
    attach: (subscriber, lastEventId) => {
      const missed = lastEventId === undefined ? undefined : log?.after(lastEventId);
      for (const delivery of missed ?? []) send(subscriber, delivery);
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
    log,
    get connections() {
      return subscribers.size;
    },
    get framesSent() {
      return framesSent;
    },
    idle: () => queue,
  };
}
