import type { WayCapabilities } from '../capabilities';

/** Requests are counted in any span of so long. */
export const windowMs = 60_000;

/** Counts the requests of one person, where the server does. */
export class Limiter {
  private times: number[] = [];
  private readonly now: () => number;
  private readonly ways: WayCapabilities;

  constructor(now: () => number, ways: WayCapabilities) {
    this.now = now;
    this.ways = ways;
  }

  /** Takes a request, or says that it is one too many. */
  admits(): boolean {
    this.prune();
    if (this.times.length >= (this.ways.limit ?? Infinity)) return false;
    this.times.push(this.now());
    return true;
  }

  /** What the head of an answer says of it. */
  headers(isRefusal: boolean): Readonly<Record<string, string>> {
    const { limit, resetsAt } = this.ways;
    if (limit === null) return {};
    this.prune();
    const now = this.now();
    const untilMs = (this.times[0] ?? now) + windowMs - now;
    const reset = resetsAt === 'span' ? untilMs / 1_000 : (now + untilMs) / 1_000;
    return {
      'X-RateLimit-Limit': String(limit),
      'X-RateLimit-Remaining': String(limit - this.times.length),
      'X-RateLimit-Reset': String(Math.ceil(reset)),
      ...(isRefusal ? { 'Retry-After': String(Math.ceil(untilMs / 1_000)) } : {}),
    };
  }

  private prune(): void {
    const now = this.now();
    this.times = this.times.filter((at) => at > now - windowMs);
  }
}
