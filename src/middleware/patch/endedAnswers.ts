import { isRaw } from '../../protocol/raw';

/**
 * What was cached, or under way, when a session ended. A host may leave it in its cache, for the next one to find: it is
 * no fact of that one, whatever becomes of it.
 *
 * @internal
 */
export class EndedAnswers {
  private readonly data = new WeakSet();
  private readonly underWay = new Set<string>();
  private readonly late = new Set<string>();

  asked(requestId: string): void {
    this.underWay.add(requestId);
  }

  /** Ends a request; tells whether its session was over before it was. */
  settle(requestId: string): boolean {
    this.underWay.delete(requestId);
    return this.late.delete(requestId);
  }

  /** Whether a request that was not seen to begin is one of those. */
  isLate(requestId: string): boolean {
    return this.late.has(requestId);
  }

  has(data: unknown): boolean {
    return typeof data === 'object' && data !== null && this.data.has(data);
  }

  add(data: unknown): void {
    if (typeof data === 'object' && data !== null) this.data.add(data);
  }

  /** @param queries - The cache as it is left. */
  end(queries: Readonly<Record<string, unknown>>): void {
    for (const requestId of this.underWay) this.late.add(requestId);
    this.underWay.clear();
    for (const held of Object.values(queries)) {
      if (!isRaw(held)) continue;
      this.add(held['data']);
      const { status, requestId } = held;
      if (status === 'pending' && typeof requestId === 'string') this.late.add(requestId);
    }
  }
}
