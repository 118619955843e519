import type { Locator, Page } from 'playwright-core';

/** The guide's app on a page, as a person sees it. */

/** Signs in by the app's own form, and chooses a channel. */
export async function enterHostApp(page: Page, username: string): Promise<void> {
  await page.getByLabel('Name').fill(username);
  await page.getByLabel('Password').fill('hudhud-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: /^general / }).click();
  await rows(page).first().waitFor();
}

/** The rows of the host's own cached list. */
export function rows(page: Page): Locator {
  return page.locator(hostRows);
}

export const hostRows = 'ol[aria-label="Messages"] > li';

export async function sayInHost(page: Page, text: string): Promise<void> {
  const composer = page.getByLabel('Message', { exact: true });
  await composer.fill(text);
  // by the keyboard: a row that comes between press and release moves the button from under the mouse
  await composer.press('Enter');
}

interface Scope {
  readonly disagreements: () => readonly string[];
}

/**
 * Compares the host's own list with what a component shows that reads by a selector, in each picture from here on; what it
 * gives back tells where they differed.
 */
export async function watchAgreement(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const found: string[] = [];
    const textsIn = (list: string): string =>
      JSON.stringify(
        [...document.querySelectorAll(`[aria-label="${list}"] > li`)].map((row) => row.textContent),
      );
    const look = () => {
      const [own, selected] = [textsIn('Messages'), textsIn('Texts')];
      if (own !== selected) found.push(`${own} / ${selected}`);
    };
    look();
    new MutationObserver(look).observe(document.body, {
      ...{ subtree: true, childList: true, characterData: true },
    });
    Object.assign(globalThis, { disagreements: () => found });
  });
  return () => page.evaluate(() => (globalThis as unknown as Scope).disagreements());
}
