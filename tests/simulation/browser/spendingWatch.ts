import type { FakeTab } from '../../../src/testing';
import type { WayCapabilities } from '../capabilities';
import { windowMs } from '../server/limiter';

/** A request that left, and since when which pages know of it. */
interface Departure {
  readonly by: number;
  readonly at: number;
  readonly knownSince: Map<number, number>;
}

interface Page {
  isFrozen: boolean;
  /** From when on pages have to tell each other of their requests; `null`: it is stopped. */
  listensFrom: number | null;
  /** It has heard since what the others knew. */
  hasLearned: boolean;
  /** Since when it knows that the server counts. */
  toldAt: number | null;
}

/** So long a page may take to start: its disk may not answer. */
const startMs = 1_500;

/** Which part of the limit is for what nobody asked for. */
const pollShare = 0.75;

/**
 * Keeps account of the requests of all pages, and of what each page can know of them: what it sent itself, and what the
 * others sent while it heard them, or told it as it came.
 */
export class SpendingWatch {
  /** The first time that a page sent what it had to know to be too much; `null`: it did not happen. */
  broken: string | null = null;
  private departures: Departure[] = [];
  private readonly pages = new Map<number, Page>();
  private readonly now: () => number;
  private readonly limit: number | null;

  constructor(now: () => number, { limit }: WayCapabilities) {
    this.now = now;
    this.limit = limit;
  }

  /** The same tab, watched. */
  watch(tab: number, origin: FakeTab): FakeTab {
    this.pages.set(tab, { isFrozen: false, listensFrom: null, hasLearned: false, toldAt: null });
    return {
      ...origin,
      freeze: (isFrozen) => {
        const page = this.page(tab);
        page.isFrozen = isFrozen;
        // what was said meanwhile is heard now; what it was about to do, it does now
        page.hasLearned = false;
        if (!isFrozen && page.listensFrom !== null && page.listensFrom > this.now() - startMs) {
          page.listensFrom = this.now() + startMs;
        }
        if (isFrozen) this.forget(({ by, knownSince }) => by !== tab && knownSince.delete(tab));
        origin.freeze(isFrozen);
      },
      crash: () => {
        this.stopped(tab);
        this.forget(({ by, knownSince }) => {
          if (by === tab) knownSince.clear();
        });
        origin.crash();
      },
    };
  }

  started(tab: number): void {
    const page = this.page(tab);
    page.listensFrom = this.now() + startMs;
    page.hasLearned = false;
  }

  stopped(tab: number): void {
    this.page(tab).listensFrom = null;
  }

  /** The head of an answer told a page that the server counts. */
  told(tab: number): void {
    this.page(tab).toldAt ??= this.now();
  }

  /** A request leaves that has to keep to the limit. */
  left(tab: number, isPoll: boolean): void {
    if (this.limit === null) return;
    this.learn();
    const now = this.now();
    const most = Math.floor(this.limit * (isPoll ? pollShare : 1));
    const { toldAt } = this.page(tab);
    const isKnown = isPoll || (toldAt !== null && toldAt < now);
    const known = this.recent(now).filter(
      ({ by, knownSince }) => by === tab || (knownSince.get(tab) ?? now) < now,
    );
    if (isKnown && known.length >= most) {
      const what = isPoll ? 'poll' : 'request';
      this.broken ??= `tab ${tab} sent a ${what} after ${known.length} that it knows of`;
    }
    this.counted(tab);
  }

  /** A request leaves that counts, and is not held back. */
  counted(tab: number): void {
    const at = this.now();
    const all = this.listening();
    // nobody hears a page that does not share yet; it tells when it does
    const hearing = all.includes(tab) ? all : [];
    this.departures.push({ by: tab, at, knownSince: new Map(hearing.map((page) => [page, at])) });
  }

  private listening(): readonly number[] {
    const now = this.now();
    return [...this.pages].flatMap(([tab, { listensFrom, isFrozen }]) =>
      listensFrom !== null && listensFrom <= now && !isFrozen ? [tab] : [],
    );
  }

  private recent(now: number): readonly Departure[] {
    this.departures = this.departures.filter(({ at }) => at > now - windowMs);
    return this.departures;
  }

  /** What left in this very moment may not be heard. */
  private forget(act: (departure: Departure) => void): void {
    const now = this.now();
    for (const departure of this.departures) if (departure.at === now) act(departure);
  }

  /** Those who came since hear what those who are there know, and tell what they know. */
  private learn(): void {
    const now = this.now();
    const there = this.listening();
    for (const tab of there) {
      const page = this.page(tab);
      if (page.hasLearned) continue;
      page.hasLearned = true;
      for (const { by, knownSince } of this.recent(now)) {
        if (!there.some((other) => other === by || knownSince.has(other))) continue;
        for (const other of there) if (!knownSince.has(other)) knownSince.set(other, now);
      }
    }
  }

  private page(tab: number): Page {
    const page = this.pages.get(tab);
    if (page === undefined) throw new Error(`there is no tab ${tab}`);
    return page;
  }
}
