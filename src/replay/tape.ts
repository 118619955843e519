import type { UnknownAction } from '@reduxjs/toolkit';
import type { LogAbout } from './logWriter';
import { LogWriter } from './logWriter';
import type { Encoder, Slices } from './encoder';
import type { ResolvedRecorderOptions } from './recorderOptions';
import type { Item } from './ring';
import { Ring } from './ring';
import { lineOf, SinkLog } from './sinkLog';

/** What was noted while an action was on its way, in the least time: references, nothing else. */
type Note =
  | { readonly kind: 'action'; readonly action: UnknownAction; readonly t: number }
  | { readonly kind: 'checkpoint'; readonly state: Slices }
  | { readonly kind: 'keyframe'; readonly state: Slices; readonly why: 'start' | 'jump' | 'bound' };

/** Notes that may wait: more come only while the app never comes to rest. */
const maxNotes = 5_000;

type TapeOptions = Pick<
  ResolvedRecorderOptions,
  'maxBytes' | 'maxActions' | 'checkpointEvery' | 'sink' | 'onError'
>;

/**
 * One recording: notes that become items of a ring and lines of a sink, whenever there is time. What can go wrong there
 * is counted, and never reaches who dispatched.
 *
 * @internal
 */
export class Tape {
  readonly ring: Ring;
  /** Things that went wrong. */
  failures = 0;
  /** Number of the next action. */
  next = 0;
  private readonly encoder: Encoder;
  private readonly about: LogAbout;
  private readonly options: TapeOptions;
  private sinkLog: SinkLog | null;
  private notes: Note[] = [];
  /** Number of the action that the first note is, or stands before. */
  private from = 0;
  /** Actions since the newest keyframe, which may be among the notes. */
  private sinceKeyframe = 0;
  private hasKeyframe = false;
  /** The state of a checkpoint that nothing came after. */
  private checked: Slices | null = null;

  constructor(encoder: Encoder, about: LogAbout, options: TapeOptions) {
    this.encoder = encoder;
    this.about = about;
    this.options = options;
    this.ring = new Ring(options.maxBytes, options.maxActions);
    this.sinkLog = options.sink === null ? null : new SinkLog(options.sink, encoder, about);
  }

  get waiting(): number {
    return this.notes.length;
  }

  keyframe(state: Slices, why: 'start' | 'jump' | 'bound'): void {
    this.notes.push({ kind: 'keyframe', state, why });
    this.checked = null;
    this.sinceKeyframe = 0;
    this.hasKeyframe = true;
  }

  /** @param state - What the action will be applied to. */
  action(action: UnknownAction, t: number, state: Slices): void {
    if (this.next > 0 && this.next % this.options.checkpointEvery === 0) this.checkpoint(state);
    if (this.isKeyframeDue()) this.keyframe(state, 'bound');
    this.notes.push({ kind: 'action', action, t });
    this.checked = null;
    this.next += 1;
    this.sinceKeyframe += 1;
    if (this.notes.length >= maxNotes) this.encodeAll();
  }

  /** Nothing where it would say again what the one before said. */
  checkpoint(state: Slices): void {
    if (this.checked === state) return;
    this.checked = state;
    this.notes.push({ kind: 'checkpoint', state });
  }

  /** Makes lines of the next note, and of those after it as long as `goesOn` says so. Whether some are left. */
  encode(goesOn: () => boolean): boolean {
    do {
      const note = this.notes.shift();
      if (note === undefined) break;
      this.guarded(() => {
        this.take(note);
      });
      if (note.kind === 'action') this.from += 1;
    } while (goesOn());
    if (this.notes.length === 0) this.hasKeyframe = false;
    this.write(() => this.sinkLog?.flush());
    return this.notes.length > 0;
  }

  encodeAll(): void {
    this.encode(() => true);
  }

  /** States that are held become text: nothing of who signed out is held as it was. */
  settle(): void {
    this.encodeAll();
    this.ring.settle(this.encoder);
    this.encoder.forget();
  }

  async close(): Promise<void> {
    this.write(() => this.sinkLog?.finish());
    try {
      await this.options.sink?.close?.();
    } catch (error) {
      this.fail(error);
    }
  }

  /** What is held, as a log. */
  text(): string {
    const writer = new LogWriter();
    let text = writer.header(this.about);
    for (const item of this.ring.items()) text += lineOf(item, writer, this.encoder);
    return text + writer.footer();
  }

  private take(note: Note): void {
    if (note.kind !== 'action' && this.sinkLog?.isFull() === true) {
      this.sinkLog.roll(this.from, note.state);
    }
    const item = this.toItem(note);
    this.ring.push(item);
    this.sinkLog?.push(item);
  }

  private toItem(note: Note): Item {
    const { from } = this;
    if (note.kind === 'keyframe')
      return { kind: 'keyframe', k: from, why: note.why, state: note.state };
    if (note.kind === 'checkpoint') {
      return { kind: 'checkpoint', c: from, h: this.encoder.hashes(note.state) };
    }
    return { kind: 'action', i: from, t: note.t, json: this.encoder.action(note.action) };
  }

  private isKeyframeDue(): boolean {
    return this.ring.isDue(this.sinceKeyframe) || (!this.hasKeyframe && this.ring.isLarge());
  }

  /** What a sink did not take is missing in its log: more would be of no use there. */
  private write(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.sinkLog = null;
      this.fail(error);
    }
  }

  private guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.failures += 1;
    try {
      this.options.onError(error);
    } catch {
      // it was told
    }
  }
}
