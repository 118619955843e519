import { isList } from '../../protocol/raw';
import { equalJson } from '../../state/equalJson';
import { withPatches } from './appliedPatches';
import type { Patch } from './patches';

/** One patch of somebody else's, by what it did. */
interface HandPatch {
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
  isGone: boolean;
}

/** So many are remembered; who undoes an older one than that writes a patch like any other. */
const most = 64;

/**
 * What others wrote into cached answers by hand (`updateQueryData`), and how `undo()` of it is told from a patch: it
 * leads from what such a patch made back to what was there before. Nothing else is remembered of them; whether one of
 * them still stands is told by what was written since, patch by patch.
 *
 * @internal
 */
export class HandPatches {
  private held: readonly HandPatch[] = [];
  /** The patches of each `undo()` that was seen: calling it twice takes nothing else back. */
  private readonly spent = new WeakSet();

  add(key: string, before: unknown, after: unknown): void {
    this.held = [...this.held.slice(1 - most), { key, before, after, isGone: false }];
  }

  /** Something else stands in the place of all of them now. */
  writtenOver(key: string): void {
    for (const patch of this.held) if (patch.key === key) patch.isGone = true;
  }

  isStanding(key: string): boolean {
    return this.held.some((patch) => patch.key === key && !patch.isGone);
  }

  /**
   * What patches take back: one that stands, one that is not there any more (or was taken back before), or `null`,
   * nothing: they are a patch of their own.
   */
  takeBack(key: string, patches: unknown): 'standing' | 'gone' | null {
    if (!isList(patches)) return null;
    if (this.spent.has(patches)) return 'gone';
    const undone = this.held.findLast(
      (patch) => patch.key === key && isInverse(patch, patches as readonly Patch[]),
    );
    if (undone === undefined) return null;
    this.spent.add(patches);
    this.held = this.held.filter((patch) => patch !== undone);
    return undone.isGone ? 'gone' : 'standing';
  }

  clear(): void {
    this.held = [];
  }
}

function isInverse({ before, after }: HandPatch, patches: readonly Patch[]): boolean {
  try {
    return equalJson(withPatches(after, patches), before);
  } catch {
    // it is about a place that this patch did not leave behind
    return false;
  }
}
