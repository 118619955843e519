import { createHash } from 'node:crypto';

/** A UUID (version 4 in form) that is always the same for the same name. */
export function seedId(kind: string, name: string | number): string {
  const hex = createHash('sha256').update(`hudhud/${kind}/${name}`).digest('hex');
  const variant = '89ab'[parseInt(hex.slice(16, 17), 16) % 4] ?? '8';
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
