import { within } from './deadline';

/** A frame, whatever it came with. */
export interface StreamFrame {
  /** Undefined for a frame without an event name. */
  readonly event: string | undefined;
  readonly id: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

/** All frames that have come, and a way to wait for the next that fits. */
export interface FrameList {
  readonly frames: readonly StreamFrame[];
  /** The first fitting frame after the one that the last call answered. */
  readonly next: (fits: (frame: StreamFrame) => boolean) => Promise<StreamFrame>;
  readonly add: (frame: StreamFrame) => void;
}

const patienceMs = 10_000;

export function makeFrameList(): FrameList {
  const frames: StreamFrame[] = [];
  let seen = 0;
  let wake: () => void = () => undefined;

  async function scan(fits: (frame: StreamFrame) => boolean): Promise<StreamFrame> {
    for (;;) {
      const frame = frames[seen];
      if (frame === undefined) await new Promise<void>((resolve) => (wake = resolve));
      else {
        seen += 1;
        if (fits(frame)) return frame;
      }
    }
  }

  return {
    frames,
    next: (fits) => {
      const from = seen;
      return within(patienceMs, scan(fits), () => {
        const passed = frames
          .slice(from)
          .map(({ event, data }) => `${event} ${JSON.stringify(data)}`);
        return `No such frame in ${patienceMs} ms. Passed by:\n${passed.join('\n')}`;
      });
    },
    add: (frame) => {
      frames.push(frame);
      wake();
    },
  };
}

/** Frames of an event whose payload holds these values. */
export function frameOf(event: string, values: Readonly<Record<string, unknown>> = {}) {
  return (frame: StreamFrame): boolean =>
    frame.event === event &&
    Object.entries(values).every(([key, value]) => frame.data[key] === value);
}

/** The texts of the messages among frames, in their order. */
export function textsOf(frames: readonly StreamFrame[]): unknown[] {
  return frames
    .filter(({ event, data }) => event === 'channel_message' && data['content'] !== undefined)
    .map(({ data }) => data['content']);
}
