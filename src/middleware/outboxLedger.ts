import type { Operation } from '../protocol/operations';
import type { OutboxState } from '../state/outboxState';
import { findOperation, operationsOf } from '../state/outboxState';

/** `ready` to be sent, `busy`, or `done` with as far as the runner can see. */
type LedgerEntry = 'ready' | 'busy' | 'done';

/** What a runner knows of the operations that it saw wished (L19). @internal */
export interface OutboxLedger {
  get(opId: string): LedgerEntry | undefined;
  has(opId: string): boolean;
  set(opId: string, entry: LedgerEntry): void;
  isEmpty(): boolean;
  /** What is ready and was taken out from one state to the next is over, whatever state somebody travels to later. */
  noteEnded(before: OutboxState, now: OutboxState): void;
  /** They are another tab's now: if they come back, they come as something new. */
  forget(opIds: readonly string[]): void;
  clear(): void;
}

/** How many operations are remembered that are over. */
const maxDone = 4096;

/** Operations of one list that another one does not hold. Lists that follow on each other differ in little. */
function missingIn(next: readonly Operation[], list: readonly Operation[]): readonly Operation[] {
  let from = 0;
  while (from < list.length && list[from] === next[from]) from += 1;
  let to = list.length;
  let end = next.length;
  while (to > from && end > from && list[to - 1] === next[end - 1]) {
    to -= 1;
    end -= 1;
  }
  const kept = new Set(next.slice(from, end).map(({ opId }) => opId));
  return list.slice(from, to).filter(({ opId }) => !kept.has(opId));
}

/**
 * Makes an empty ledger.
 *
 * @internal
 * @param outboxNow - What is held: nothing of it is forgotten.
 */
export function createOutboxLedger(outboxNow: () => OutboxState): OutboxLedger {
  /** What is not over. */
  const open = new Map<string, 'ready' | 'busy'>();
  /** What is, oldest first. */
  const done = new Set<string>();

  const set = (opId: string, entry: LedgerEntry) => {
    if (entry !== 'done') {
      done.delete(opId);
      open.set(opId, entry);
      return;
    }
    open.delete(opId);
    done.add(opId);
    // what is held goes to the end instead; two looks for one that comes, so that the rest is let go in time
    for (let looks = 0; looks < 2 && done.size > maxDone; looks++) {
      const [oldest = opId] = done;
      done.delete(oldest);
      if (findOperation(outboxNow(), oldest) !== undefined) done.add(oldest);
    }
  };

  return {
    get: (opId) => open.get(opId) ?? (done.has(opId) ? 'done' : undefined),
    has: (opId) => open.has(opId) || done.has(opId),
    set,
    isEmpty: () => open.size === 0 && done.size === 0,
    noteEnded(before, now) {
      if (before.channels === now.channels) return;
      for (const { channelId, operations } of before.channels) {
        for (const { opId } of missingIn(operationsOf(now, channelId), operations)) {
          if (open.get(opId) === 'ready') set(opId, 'done');
        }
      }
    },
    forget(opIds) {
      for (const opId of opIds) {
        open.delete(opId);
        done.delete(opId);
      }
    },
    clear() {
      open.clear();
      done.clear();
    },
  };
}
