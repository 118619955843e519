import type { Counters } from '../platform/counters';
import type { Correlate } from '../state/settle';

/**
 * A host's `correlate` runs inside of the reducer, where one that throws would lose everything that its action brought
 * (L16). It finds nothing then, and is counted.
 *
 * @internal
 */
export function safeCorrelate(correlate: Correlate, counters: Counters): Correlate {
  return (fact) => {
    try {
      const nonce: unknown = correlate(fact);
      return typeof nonce === 'string' ? nonce : null;
    } catch {
      counters.inc('handlerErrors', 'correlate');
      return null;
    }
  };
}
