import type { UnknownAction } from '@reduxjs/toolkit';
import type { LogEnd } from '../logReader';
import type { Divergence } from '../verify';
import { grouped } from './io';

type Fields = Readonly<Record<string, unknown>>;

const asFields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

/** Fields that say in a few words what an action is about. */
const telling = ['channelId', 'opId', 'key', 'phase', 'code', 'reason', 'target', 'stream'];

/** An action in one line: its type, how much is in it, and what it is about. @internal */
export function summaryOf(action: UnknownAction): string {
  const payload = asFields(action['payload']);
  const lists = Object.entries(payload).flatMap(([name, list]) =>
    Array.isArray(list) && list.length > 0 ? [`${name}×${list.length}`] : [],
  );
  const words = telling.flatMap((name) => {
    const value = payload[name];
    return typeof value === 'string' ? [`${name}=${value}`] : [];
  });
  return [action.type, ...lists, ...words].join(' ');
}

/** How a log ends, where that has to be said. @internal */
export function endOf({ isComplete, isTruncated }: LogEnd): string {
  if (isTruncated) return ' It ends in the middle of a line, which was left out.';
  return isComplete
    ? ''
    : ' It has no last line: the page closed, or the rest of the file is missing.';
}

/** @internal */
export function divergenceText({ slice, line, after, before, suspect }: Divergence): string {
  const where = `${slice} is not what it was: sound before action ${grouped(after)}, different before action ${grouped(before)} (line ${grouped(line)})`;
  if (suspect === null) return `${where}; no action in between changed it, and one was to`;
  const { i, type, paths } = suspect;
  const places = paths.map((path) => (path === '' ? slice : `${slice}.${path}`)).join(', ');
  return `${where}; first changed by action ${grouped(i)}, ${type} (line ${grouped(suspect.line)})${places === '' ? '' : `, at ${places}`}`;
}
