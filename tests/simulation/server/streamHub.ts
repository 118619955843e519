import type { ScriptedBody, ScriptedRequest, VirtualTime } from '../../../src/testing';
import { frame, initFrame } from '../../support/hudhudAnswers';
import type { WayCapabilities } from '../capabilities';
import type { FrameLog, LoggedFrame } from './frameLog';

/** A tab as the network has it. */
export interface Reader {
  readonly time: { whenAwake(run: () => void): void };
  readonly number: number;
  readonly isGone: boolean;
  readonly isFrozen: boolean;
  /** It is about to read what shows most, since no stream tells. */
  isPollDue: boolean;
}

interface Line {
  readonly reader: Reader;
  readonly body: ScriptedBody;
  /** Nothing gets through any more, and nobody is told. */
  isStalled: boolean;
  /** When the last frame that is on its way comes. */
  lastAt: number;
}

const pingMs = 25_000;

/** The streams of one person: frames come in order, after a while, and are lost with the stream. */
export class StreamHub {
  private lines: Line[] = [];
  private readonly time: VirtualTime;
  private readonly log: FrameLog;
  private readonly ways: WayCapabilities;
  private readonly delayMs: () => number;
  private readonly drips: () => boolean;

  constructor(ports: {
    readonly time: VirtualTime;
    readonly log: FrameLog;
    readonly ways: WayCapabilities;
    readonly delayMs: () => number;
    readonly drips: () => boolean;
  }) {
    this.time = ports.time;
    this.log = ports.log;
    this.ways = ports.ways;
    this.delayMs = ports.delayMs;
    this.drips = ports.drips;
  }

  /** @param isMute - Somebody in between lets the head of the answer through, and nothing else. */
  open(reader: Reader, request: ScriptedRequest, isMute = false): void {
    const line: Line = { reader, body: request.stream(), isStalled: isMute, lastAt: 0 };
    this.lines.push(line);
    const { ids, greetsWithId } = this.ways;
    const missed = ids === 'resumes' ? this.log.after(request.headers.get('Last-Event-ID')) : null;
    if (missed === null && greetsWithId) this.tellOn(line, this.log.greeting());
    else this.say(line, initFrame());
    for (const logged of missed ?? []) this.tellOn(line, logged);
    this.ping(line);
  }

  tell(frames: readonly LoggedFrame[]): void {
    for (const line of this.held()) for (const logged of frames) this.tellOn(line, logged);
  }

  /** Streams that the server holds open; of a page that is gone it holds none. */
  held(): readonly Line[] {
    this.lines = this.lines.filter(({ body, reader }) => body.isOpen() && !reader.isGone);
    return this.lines;
  }

  cut(how: 'fail' | 'end'): boolean {
    return this.each(({ body, reader }) => {
      reader.time.whenAwake(() => {
        body[how]();
      });
    });
  }

  /** The stream breaks within a frame. */
  breakInside(): boolean {
    const text = initFrame();
    return this.each(({ body, reader }) => {
      reader.time.whenAwake(() => {
        body.push(text.slice(0, text.length / 2));
        body.fail();
      });
    });
  }

  stall(): boolean {
    return this.each((line) => {
      line.isStalled = true;
    });
  }

  private each(act: (line: Line) => void): boolean {
    const lines = this.held();
    for (const line of lines) act(line);
    return lines.length > 0;
  }

  private tellOn(line: Line, { id, text }: LoggedFrame): void {
    this.say(line, this.ways.ids === 'none' ? text : `id: ${id}\n${text}`);
  }

  private say(line: Line, text: string): void {
    const now = this.time.clock.now();
    line.lastAt = Math.max(line.lastAt, now + this.delayMs());
    const half = this.drips() ? Math.floor(text.length / 2) : text.length;
    this.time.timers.after(line.lastAt - now, () => {
      this.push(line, text.slice(0, half));
    });
    if (half === text.length) return;
    line.lastAt += 5;
    this.time.timers.after(line.lastAt - now, () => {
      this.push(line, text.slice(half));
    });
  }

  private push({ isStalled, reader, body }: Line, text: string): void {
    if (isStalled) return;
    reader.time.whenAwake(() => {
      body.push(text);
    });
  }

  private ping(line: Line): void {
    this.time.timers.after(pingMs, () => {
      if (!this.held().includes(line)) return;
      this.say(line, frame('ping', {}));
      this.ping(line);
    });
  }
}
