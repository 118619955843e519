import type { Page } from 'playwright-core';

/** What WCAG asks for at level AA, for text of usual size and for drawings that say something. */
const least = { text: 4.5, drawn: 3 };

/**
 * Words in sight whose contrast with what is behind them is too low. Transitions and animations are over by then.
 *
 * @param drawn - Selects shapes of drawings that say something too, by their fill.
 */
export async function lowContrast(page: Page, drawn?: string): Promise<string[]> {
  await page
    .evaluate(() => {
      for (const animation of document.getAnimations()) animation.finish();
    })
    .catch(() => undefined); // endless ones cannot be finished, and change no text
  return page.evaluate(
    ({ wanted, shapes }) => {
      type Colour = readonly [red: number, green: number, blue: number, alpha: number];
      const brush = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      // a page has few colours, and to ask the canvas for one takes longer than all the rest
      const known = new Map<string, Colour>();
      const read = (colour: string): Colour => {
        const before = known.get(colour);
        if (before !== undefined) return before;
        if (brush === null) throw new Error('no canvas');
        brush.clearRect(0, 0, 1, 1);
        brush.fillStyle = colour;
        brush.fillRect(0, 0, 1, 1);
        const [red = 0, green = 0, blue = 0, alpha = 0] = brush.getImageData(0, 0, 1, 1).data;
        const found: Colour = [red, green, blue, alpha / 255];
        known.set(colour, found);
        return found;
      };
      const over = (top: Colour, below: Colour): Colour => {
        const mix = (a: number, b: number) => a * top[3] + b * (1 - top[3]);
        return [mix(top[0], below[0]), mix(top[1], below[1]), mix(top[2], below[2]), 1];
      };
      const luminance = ([red, green, blue]: Colour) => {
        const linear = (value: number) => {
          const part = value / 255;
          return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        };
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
      };
      const behind = (element: Element | null): Colour => {
        if (element === null) return [255, 255, 255, 1];
        const colour = read(getComputedStyle(element).backgroundColor);
        return colour[3] === 1 ? colour : over(colour, behind(element.parentElement));
      };

      const contrastOf = (colour: string, back: Colour): number => {
        const pair = [luminance(over(read(colour), back)), luminance(back)];
        const [light = 0, dark = 0] = pair.sort((a, b) => b - a);
        return (light + 0.05) / (dark + 0.05);
      };

      const found: string[] = [];
      for (const shape of shapes === undefined ? [] : document.querySelectorAll(shapes)) {
        const contrast = contrastOf(getComputedStyle(shape).fill, behind(shape));
        const name = shape.getAttribute('class') ?? '';
        if (contrast < wanted.drawn) found.push(`${name}: ${contrast.toFixed(2)}`);
      }
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (texts.nextNode() !== null) {
        const { currentNode: node } = texts;
        const element = node.parentElement;
        const words = node.textContent?.trim() ?? '';
        if (element === null || words === '' || element.closest('.visually-hidden')) continue;
        if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
        const contrast = contrastOf(getComputedStyle(element).color, behind(element));
        if (contrast < wanted.text) found.push(`${words.slice(0, 30)}: ${contrast.toFixed(2)}`);
      }
      return found;
    },
    { wanted: least, shapes: drawn },
  );
}
