import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { discardRequested, durabilityChanged, operationsYielded } from '../../src';
import { isType } from '../../src/actions/define';
import { ids, initFrame } from '../support/hudhudAnswers';
import type { OfflineWorld, Page } from '../support/offlineWorld';
import { createOfflineWorld } from '../support/offlineWorld';
import { expectEqual, expectSame } from '../support/quickExpect';

/** One step of a schedule. Numbers are taken modulo whatever there is to choose from. */
interface Step {
  readonly kind: (typeof kinds)[number];
  readonly a: number;
}

const kinds = [
  'send',
  'send',
  'discard',
  'network',
  'fate',
  'disk',
  'release',
  'advance',
  'advance',
  'crash',
  'crashAtWrite',
  'crashAfterWrite',
  'restart',
  'open',
] as const;

const fates = ['done', 'done', 'lost', 'unsent', 'held', 500] as const;
const writes = ['done', 'done', 'held', 'fails'] as const;
const spans = [1, 20, 160, 1_000, 6_000, 40_000];

const pick = <T>(list: readonly T[], a: number): T => list[a % list.length] as T;

interface Wish {
  readonly opId: string;
  readonly text: string;
  /** In which page it was wished, and which number it has there. */
  readonly page: number;
}

/** Pages of one person that come, go and crash, and what has to be true of what they wished. */
class Schedule {
  private readonly world: OfflineWorld = createOfflineWorld();
  private readonly pages: { readonly page: Page; readonly number: number; isGone: boolean }[] = [];
  private readonly wishes: Wish[] = [];
  /** What need not arrive: it was never on disk, or was given up. */
  private readonly excused = new Set<string>();
  /** What may arrive twice: it left before it was on disk. */
  private readonly unsaved = new Set<string>();
  /** What another tab took over while its own was stopped and went on: order is kept within a tab. */
  private readonly moved = new Set<string>();
  private opened = 0;
  private fate: (typeof fates)[number] = 'done';

  async open(): Promise<void> {
    if (this.alive().length >= 2) return;
    this.opened += 1;
    const page = await this.world.open({ outbox: { maxAttempts: 1_000 } });
    const entry = { page, number: this.opened, isGone: false };
    page.fate = () => (entry.isGone ? 'held' : this.fate);
    this.pages.push(entry);
  }

  async step({ kind, a }: Step): Promise<void> {
    if (this.alive().length === 0) await this.open();
    const entry = pick(this.alive(), a);
    const { page } = entry;
    const { storage } = page.tab;
    switch (kind) {
      case 'send': {
        const text = `text ${this.wishes.length}`;
        this.wishes.push({ opId: page.send(text), text, page: entry.number });
        break;
      }
      case 'discard': {
        const queued = page.operations().filter(({ status }) => status === 'queued');
        if (queued.length === 0) break;
        const { opId } = pick(queued, a);
        page.store.dispatch(discardRequested({ opId }));
        this.excused.add(opId);
        break;
      }
      case 'network':
        page.platform.setOnline(a % 2 === 0);
        break;
      case 'fate':
        this.fate = pick(fates, a);
        break;
      case 'disk': {
        const fate = pick(writes, a);
        storage.fate = () => fate;
        break;
      }
      case 'release':
        storage.release();
        break;
      case 'advance':
        await page.platform.advance(pick(spans, a));
        break;
      case 'crash':
        this.crash(entry);
        break;
      case 'crashAtWrite':
        storage.fate = () => {
          this.crash(entry);
          return 'held';
        };
        break;
      case 'crashAfterWrite':
        storage.fate = () => {
          queueMicrotask(() => {
            this.crash(entry);
          });
          return 'done';
        };
        break;
      case 'restart':
        page.hudhud.stop();
        await page.platform.settle();
        page.hudhud.start();
        break;
      case 'open':
        await this.open();
        break;
    }
    for (const other of this.alive()) await other.page.platform.settle();
    for (const other of this.alive()) this.note(other.page);
  }

  /** All goes well from here on: nothing lost, nothing doubled, in order. */
  async check(): Promise<void> {
    for (const entry of this.alive()) this.crash(entry);
    this.fate = 'done';
    await this.open();
    const { page } = pick(this.alive(), 0);
    await page.push(initFrame());
    for (let minutes = 0; minutes < 5; minutes++) await page.platform.advance(60_000);
    const held = page.operations();
    const texts = this.world.rows.map(({ content }) => content);
    const waiting = new Set(held.map(({ opId }) => opId));
    for (const { opId, text } of this.wishes) {
      const times = texts.filter((content) => content === text).length;
      if (!this.unsaved.has(opId)) expectEqual([text, times], [text, Math.min(times, 1)]);
      if (this.excused.has(opId) || waiting.has(opId)) continue;
      expectEqual([text, times > 0], [text, true]);
    }
    // only what nobody can decide waits for the person
    expectEqual(
      held.filter(({ status }) => status !== 'failed'),
      [],
    );
    // what was sent twice has no place of its own
    const once = this.wishes.filter(({ opId }) => !this.unsaved.has(opId) && !this.moved.has(opId));
    for (const number of new Set(once.map((wish) => wish.page))) {
      const places = once
        .filter((wish) => wish.page === number && texts.includes(wish.text))
        .map(({ text }) => texts.indexOf(text));
      expectEqual(
        places,
        [...places].sort((x, y) => x - y),
      );
    }
    // what left before it was on disk may have been sent twice
    const doubtful = new Set(
      this.wishes.flatMap(({ opId, text }) => (this.unsaved.has(opId) ? [text] : [])),
    );
    const shown = page.texts().filter((text) => !doubtful.has(text));
    expectSame(new Set(shown).size, shown.length);
    page.hudhud.stop();
    await page.platform.settle();
    expectEqual(page.tab.held(), { locks: 0, lines: 0, databases: 0 });
  }

  private alive() {
    return this.pages.filter(({ isGone }) => !isGone);
  }

  private crash(entry: { readonly page: Page; isGone: boolean }): void {
    if (entry.isGone) return;
    entry.isGone = true;
    const { page } = entry;
    this.note(page);
    page.tab.crash();
    const onDisk = this.world.onDisk();
    for (const { opId } of page.operations(ids.general)) {
      if (!onDisk.includes(opId)) this.excused.add(opId);
    }
  }

  /** What left before it was on disk, and what is another tab's now. */
  private note({ actions }: Page): void {
    for (const action of actions) {
      if (isType(action, operationsYielded)) {
        for (const opId of action.payload.opIds) this.moved.add(opId);
      }
      if (!isType(action, durabilityChanged) || action.payload.durable) continue;
      for (const opId of action.payload.opIds) this.unsaved.add(opId);
    }
  }
}

const step = fc.record({ kind: fc.constantFrom(...kinds), a: fc.nat(60) });

describe('pages that go at any moment', () => {
  it('lose nothing that was on disk, and send nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
        const schedule = new Schedule();
        await schedule.open();
        for (const one of steps) await schedule.step(one);
        await schedule.check();
      }),
      { numRuns: 60 },
    );
  });
});
