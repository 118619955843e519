import type { Page } from 'playwright-core';

/** Looks at what a page shows in the light and then in the dark, which is cheaper than to come there twice. */
export async function inEachAppearance(
  page: Page,
  look: (colorScheme: 'light' | 'dark') => Promise<void>,
): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await look(colorScheme);
  }
}
