import type { Page } from 'playwright-core';

/** What became of a message's row on a page. */
export interface WatchedRow {
  /** Elements that stood for it, one after the other: more than one means that it was made anew. */
  readonly elements: number;
  /** What it was said to be, without repetitions. */
  readonly statuses: readonly string[];
  /** Most rows with its text at one time. */
  readonly atOnce: number;
}

interface Scope {
  readonly watched: (text: string) => WatchedRow;
}

/** Where rows are on a page, and the text in a row; `null`: the row is its text. */
interface RowPlaces {
  readonly rows: string;
  readonly text: string | null;
}

const inDemo: RowPlaces = { rows: '.chat-area .message-row', text: '.message-content' };

/** Looks at every row from here on; what it gives back answers what became of the row with a text. */
export async function watchRows(
  page: Page,
  places = inDemo,
): Promise<(text: string) => Promise<WatchedRow>> {
  await page.evaluate(({ rows: everyRow, text: textOfRow }) => {
    interface Seen {
      readonly elements: Set<Element>;
      readonly statuses: string[];
      atOnce: number;
    }
    const rows = new Map<string, Seen>();
    const look = () => {
      const now = new Map<string, number>();
      for (const row of document.querySelectorAll<HTMLElement>(everyRow)) {
        const content = textOfRow === null ? row : row.querySelector(textOfRow);
        const text = content?.textContent ?? '';
        if (text === '') continue;
        const seen = rows.get(text) ?? { elements: new Set(), statuses: [], atOnce: 0 };
        const status = row.dataset['status'] ?? '';
        rows.set(text, seen);
        seen.elements.add(row);
        if (seen.statuses.at(-1) !== status) seen.statuses.push(status);
        now.set(text, (now.get(text) ?? 0) + 1);
        seen.atOnce = Math.max(seen.atOnce, now.get(text) ?? 0);
      }
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: ['data-status'],
    });
    Object.assign(globalThis, {
      watched: (text: string): WatchedRow => {
        const { elements, statuses, atOnce } = rows.get(text) ?? {
          elements: new Set(),
          statuses: [],
          atOnce: 0,
        };
        return { elements: elements.size, statuses, atOnce };
      },
    });
  }, places);
  return (text) =>
    page.evaluate((wanted) => (globalThis as unknown as Scope).watched(wanted), text);
}
