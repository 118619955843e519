import type { Encoder, Slices } from './encoder';
import type { LogAbout } from './logWriter';
import { LogWriter } from './logWriter';
import type { Item, Keyframe } from './ring';
import type { LogSink } from './sinks';

function keyframeText({ state }: Keyframe, encoder: Encoder): string {
  return typeof state === 'string' ? state : encoder.state(state);
}

/** The line of an item; a keyframe that only bounds a ring has none. @internal */
export function lineOf(item: Item, writer: LogWriter, encoder: Encoder): string {
  if (item.kind === 'action') return writer.action(item.i, item.t, item.json);
  if (item.kind === 'checkpoint') return writer.checkpoint(item.c, item.h);
  return item.why === 'bound' ? '' : writer.keyframe(item.k, item.why, keyframeText(item, encoder));
}

/** Writes one log after the other to a sink. @internal */
export class SinkLog {
  private readonly sink: LogSink;
  private readonly encoder: Encoder;
  private readonly about: LogAbout;
  private writer: LogWriter | null = null;
  private chunk = '';
  private written = 0;

  constructor(sink: LogSink, encoder: Encoder, about: LogAbout) {
    this.sink = sink;
    this.encoder = encoder;
    this.about = about;
  }

  /** Whether the log is long enough for a new one to begin. */
  isFull(): boolean {
    return this.written + this.chunk.length >= (this.sink.rollAfterBytes ?? Infinity);
  }

  push(item: Item): void {
    if (this.writer === null) {
      this.writer = new LogWriter();
      this.chunk += this.writer.header(this.about);
    }
    this.chunk += lineOf(item, this.writer, this.encoder);
  }

  /** Ends the log, and begins a new one with this state. */
  roll(k: number, state: Slices): void {
    this.finish();
    this.sink.roll?.();
    this.written = 0;
    this.push({ kind: 'keyframe', k, why: 'start', state });
  }

  flush(): void {
    if (this.chunk === '') return;
    const { chunk } = this;
    this.written += chunk.length;
    this.chunk = '';
    this.sink.write(chunk);
  }

  finish(): void {
    if (this.writer !== null) this.chunk += this.writer.footer();
    this.writer = null;
    this.flush();
  }
}
