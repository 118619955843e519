import { count } from '../../convergence/client/chatWorld';
import type { Simulation } from '../browser/simulation';
import type { Watcher } from './runSimulation';

/** What occurred how often, so that a proof of nothing is noticed. */
export class SimulationStatistics implements Watcher {
  /** Moves that found something to do. */
  readonly moves = new Map<string, number>();
  readonly outcomes = new Map<string, number>();

  move(kind: string, isPlayed: boolean): void {
    if (isPlayed) count(this.moves, kind);
  }

  end({ all, network, ledger }: Simulation): void {
    for (const [fate, times] of network.fates) {
      this.outcomes.set(fate, (this.outcomes.get(fate) ?? 0) + times);
    }
    for (const { isExcused, mayBeTwice, isMoved } of ledger.all) {
      count(this.outcomes, 'wish');
      if (isExcused) count(this.outcomes, 'wish given up, or gone with its page');
      if (mayBeTwice) count(this.outcomes, 'wish that may be there twice');
      if (isMoved) count(this.outcomes, 'wish whose place is not kept');
    }
    for (const { actions } of all) {
      count(this.outcomes, 'page');
      for (const { type } of actions) count(this.outcomes, type);
    }
  }

  lines(): string[] {
    const sorted = (counts: Map<string, number>): string[] =>
      [...counts]
        .sort(([, a], [, b]) => b - a)
        .map(([name, n]) => `  ${String(n).padStart(8)}  ${name}`);
    return ['moves:', ...sorted(this.moves), 'outcomes:', ...sorted(this.outcomes)];
  }
}
