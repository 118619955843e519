import type { Random } from './random';

/**
 * Makes an id that nobody else has, in the form of RFC 9562 version 4. Of four calls of the port, so that a test gets
 * the same ids again; and where a page has no `crypto.randomUUID` (plain http), there are ids too.
 *
 * @internal
 */
export function makeUuid(random: Random): string {
  const word = () => Math.floor(random.next() * 2 ** 32);
  const hex = [word(), word(), word(), word()]
    .map((bits) => bits.toString(16).padStart(8, '0'))
    .join('');
  // two bits say the variant: 8, 9, a or b
  const variant = ((parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}
