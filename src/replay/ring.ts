import type { KeyframeReason, SliceHashes } from '../actions/logFormat';
import type { Encoder, Slices } from './encoder';

/** Something of a log that is not written yet. @internal */
export type Item =
  | { readonly kind: 'action'; readonly i: number; readonly t: number; readonly json: string }
  | { readonly kind: 'checkpoint'; readonly c: number; readonly h: SliceHashes }
  | Keyframe;

/**
 * A whole state, by reference: it shares all but what changed with the ones around it, and becomes text only if it is
 * asked for. @internal
 */
export interface Keyframe {
  readonly kind: 'keyframe';
  readonly k: number;
  /** `bound`: only where a ring may be cut; in a log it is left out, unless it is the first. */
  readonly why: KeyframeReason | 'bound';
  readonly state: Slices | string;
}

/** A stretch that can be replayed by itself. */
interface Section {
  keyframe: Keyframe;
  readonly items: Item[];
  bytes: number;
  actions: number;
}

/** How many sections fill a ring: what is let go at once is one of them. */
const sections = 8;
/** More than there are within the other bounds: states that jump over and over have theirs as well. */
const maxSections = 4 * sections;

/** Holds the last of what was recorded, within bounds, and always from a keyframe on. @internal */
export class Ring {
  /** Actions that were let go. */
  dropped = 0;
  private readonly maxBytes: number;
  private readonly maxActions: number;
  private held: Section[] = [];

  constructor(maxBytes: number, maxActions: number) {
    this.maxBytes = maxBytes;
    this.maxActions = maxActions;
  }

  get bytes(): number {
    return this.held.reduce((sum, section) => sum + section.bytes, 0);
  }

  get actions(): number {
    return this.held.reduce((sum, section) => sum + section.actions, 0);
  }

  /** Whether a keyframe is due after so many actions, so that what is before it can be let go later. */
  isDue(actions: number): boolean {
    return actions >= Math.max(1, this.maxActions / sections);
  }

  /** Whether what came since the last keyframe is large enough for another one. */
  isLarge(): boolean {
    return (this.held.at(-1)?.bytes ?? 0) >= this.maxBytes / sections;
  }

  push(item: Item): void {
    if (item.kind === 'keyframe') {
      this.held.push({ keyframe: item, items: [], bytes: 0, actions: 0 });
      if (this.held.length > maxSections) this.drop();
      return;
    }
    const last = this.held.at(-1);
    if (last === undefined) return;
    last.items.push(item);
    if (item.kind === 'action') {
      last.bytes += item.json.length;
      last.actions += 1;
    }
    this.letGo();
  }

  /** Forgets everything. */
  clear(): void {
    this.held = [];
    this.dropped = 0;
  }

  /** Turns states into text, for what must not be held as it was: the person has signed out. */
  settle(encoder: Encoder): void {
    for (const section of this.held) {
      const { keyframe } = section;
      const state =
        typeof keyframe.state === 'string' ? keyframe.state : encoder.state(keyframe.state);
      section.keyframe = { ...keyframe, state };
    }
  }

  /** Everything that is held, the first of it being a keyframe. */
  *items(): Iterable<Item> {
    for (const [i, { keyframe, items }] of this.held.entries()) {
      if (i === 0) yield { ...keyframe, why: 'start' };
      else if (keyframe.why !== 'bound') yield keyframe;
      yield* items;
    }
  }

  private letGo(): void {
    while (this.held.length > 1 && (this.bytes > this.maxBytes || this.actions > this.maxActions)) {
      this.drop();
    }
  }

  private drop(): void {
    this.dropped += this.held.shift()?.actions ?? 0;
  }
}
