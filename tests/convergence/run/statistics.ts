import type { ChatWorld } from '../client/chatWorld';
import { count } from '../client/chatWorld';
import type { MoveKind } from '../schedule';

/** What really occurred: a move that found nothing to do proves nothing. */
export class Statistics {
  readonly moves = new Map<string, number>();
  readonly idle = new Map<string, number>();
  readonly outcomes = new Map<string, number>();

  move(kind: MoveKind, isPlayed: boolean): void {
    count(isPlayed ? this.moves : this.idle, kind);
  }

  world(world: ChatWorld): void {
    for (const [name, n] of world.ends) {
      this.outcomes.set(name, (this.outcomes.get(name) ?? 0) + n);
    }
    for (const { operation, end, endedBy, last, riskedRetries } of world.ledger.wishes.values()) {
      const how = end === null ? `left as ${last.status}` : `${end} by ${endedBy ?? ''}`;
      count(this.outcomes, `${operation.kind} ${how}`);
      if (riskedRetries > 0) count(this.outcomes, `${operation.kind} sent again in doubt`);
      if (last.code !== null) count(this.outcomes, `${operation.kind} met ${last.code}`);
    }
    for (const { type } of world.actions) {
      if (type.startsWith('outbox/')) count(this.outcomes, type);
    }
  }

  lines(): string[] {
    const sorted = (counts: Map<string, number>): string[] =>
      [...counts]
        .sort(([, a], [, b]) => b - a)
        .map(([name, n]) => {
          const idle = this.idle.get(name);
          return `  ${String(n).padStart(8)}  ${name}${idle === undefined ? '' : ` (${idle} idle)`}`;
        });
    return ['moves:', ...sorted(this.moves), 'outcomes:', ...sorted(this.outcomes)];
  }
}
