import type { SimTab } from '../browser/simTab';

/**
 * No handler threw in a page, and all that it was told was understood. What is counted never goes back: it is asked for
 * once, when the page ends, as asking at each step takes long.
 */
export function checkCounts({ hudhud, number }: SimTab): void {
  const { handlerErrors, rejections } = hudhud.getStatus().counters;
  if (handlerErrors !== undefined) {
    throw new Error(`a handler threw in tab ${number}: ${JSON.stringify(handlerErrors)}`);
  }
  if (rejections !== undefined) {
    throw new Error(`tab ${number} rejects: ${JSON.stringify(rejections)}`);
  }
}
