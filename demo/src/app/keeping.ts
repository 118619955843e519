import { readSetting, writeSetting } from './settings';

/** What this device keeps beyond the page: what was not sent yet, or the newest messages too. */
export type Keeping = 'unsent' | 'messages';

const key = 'hudhud.keeps';

export function readKeeping(): Keeping {
  return readSetting(key) === 'messages' ? 'messages' : 'unsent';
}

/** The layer is told once, at the start of the page: so it starts anew. */
export function setKeeping(next: Keeping): void {
  writeSetting(key, next === 'messages' ? next : null);
  window.location.reload();
}
