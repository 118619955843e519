import type { RejectedFrame } from './batch';
import type { Decoded } from './fault';
import { Fault } from './fault';
import { toRejected } from './sample';

/**
 * Decodes a list of rows, each by itself: what cannot be taken goes to `rejected`, with its place in the list.
 *
 * @internal
 */
export function decodeRows<T>(
  rows: readonly unknown[],
  name: string,
  decodeRow: (row: unknown) => Decoded<T>,
  rejected: RejectedFrame[],
): readonly T[] {
  const taken: T[] = [];
  for (const [index, row] of rows.entries()) {
    const decoded = decodeRow(row);
    if (decoded instanceof Fault) {
      rejected.push(toRejected(decoded.below(`${name}.${index}`), null, toText(row)));
    } else {
      taken.push(decoded);
    }
  }
  return taken;
}

/** The row as text, for its sample. Rows that JSON cannot write (too deep) have none. @internal */
export function toText(row: unknown): string {
  try {
    const text: unknown = JSON.stringify(row);
    return typeof text === 'string' ? text : '';
  } catch {
    return '';
  }
}
