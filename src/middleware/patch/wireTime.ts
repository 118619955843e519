import type { EpochMs } from '../../protocol/models';

/** A time as the backend writes it; `null` where there is none. @internal */
export function wireTime(at: EpochMs | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString();
}
