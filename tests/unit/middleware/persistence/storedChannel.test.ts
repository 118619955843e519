import { describe, expect, it } from '@jest/globals';
import { storedChannel } from '../../../../src/middleware/persistence/storedChannel';
import { findLog } from '../../../../src/state/messagesState';
import {
  connection,
  created,
  deleted,
  general,
  heard,
  messageOf,
  minute,
  page,
} from '../../../support/exampleData';
import type { Root } from '../../../support/roots';
import { rootOf } from '../../../support/roots';

function stored({ hudhud }: Root, most = 100) {
  const log = findLog(hudhud.messages, general);
  const kept = log === undefined ? null : storedChannel(log, hudhud.users, most);
  const rows = kept?.rows as readonly { readonly messageId: string }[] | undefined;
  return { ids: rows?.map(({ messageId }) => messageId), windows: kept?.windows };
}

const many = Array.from({ length: 150 }, (_, i) =>
  messageOf(`m${String(i).padStart(3, '0')}`, { createdAt: minute(i) }),
);
const all = { from: null, to: minute(200) };

describe('what is kept of a channel', () => {
  it('is its newest messages, and of what lies before nothing is claimed', () => {
    const { ids, windows } = stored(rootOf(page(1, many, { range: all })), 100);
    expect(ids?.[0]).toBe('m050');
    expect(ids).toHaveLength(100);
    expect(windows).toEqual([{ from: minute(50) - 1, to: minute(200) }]);
  });

  it.each([1, 22, 64, 65, 128, 149])('is %i of them, wherever segments are cut', (most) => {
    expect(stored(rootOf(page(1, many, { range: all })), most).ids).toHaveLength(most);
  });

  it('is all of them where there are no more', () => {
    const { ids, windows } = stored(rootOf(page(1, many, { range: all })), 150);
    expect(ids).toHaveLength(150);
    expect(windows).toEqual([all]);
  });

  it('never cuts a millisecond in two', () => {
    const twins = many.map((row, i) => (i < 148 ? { ...row, createdAt: minute(7) } : row));
    const { ids, windows } = stored(rootOf(page(1, twins, { range: all })), 3);
    expect(ids).toHaveLength(150);
    expect(windows).toEqual([{ from: minute(7) - 1, to: minute(200) }]);
  });

  it('claims only what stays known when the stream breaks off', () => {
    const root = rootOf(
      connection('open'),
      page(1, [messageOf('m1', { createdAt: minute(1) })]),
      heard(2, created('m2', { createdAt: minute(2) })),
    );
    expect(stored(root)).toEqual({ ids: ['m1', 'm2'], windows: [{ from: null, to: minute(2) }] });
  });

  it('leaves out what is not sure: a guessed time, and what only a page says to be gone', () => {
    const { createdAt: _, ...timeless } = messageOf('m3');
    const root = rootOf(
      connection('open'),
      page(1, [messageOf('m1'), messageOf('m2', { createdAt: minute(2) })]),
      page(5, [messageOf('m2', { createdAt: minute(2) })]),
      heard(6, { type: 'message', op: 'create', message: timeless }),
    );
    expect(stored(root).ids).toEqual(['m2']);
  });

  it('has nothing that was written in what is deleted', () => {
    const root = rootOf(
      connection('open'),
      page(1, [messageOf('m1', { content: 'secret', threadCount: 1 })]),
      heard(2, deleted('m1')),
    );
    const log = findLog(root.hudhud.messages, general);
    const kept = log && storedChannel(log, root.hudhud.users, 10);
    expect(kept?.rows).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain('secret');
  });

  it('is nothing where nothing is held', () => {
    const root = rootOf(connection('open'), heard(1, deleted('m1')));
    expect(stored(root)).toEqual({ ids: undefined, windows: undefined });
  });
});
