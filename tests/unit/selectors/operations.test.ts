import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import {
  editRequested,
  operationStarted,
  readRequested,
  sendRequested,
  uploadFailed,
  uploadProgressed,
  uploadRequested,
  uploadStarted,
} from '../../../src/actions/outbox';
import { createSelectors } from '../../../src/selectors/createSelectors';
import {
  connection,
  created,
  design,
  general,
  heard,
  lina,
  minute,
} from '../../support/exampleData';
import { after, rootOf } from '../../support/roots';

const select = createSelectors();
const base = { channelId: general, at: minute(9) };
const sent = { ...base, parentId: null, content: 'x', messageType: 'text' } as const;
const upload = (uploadId: string, channelId = general) =>
  uploadRequested({ ...base, channelId, uploadId, name: 'a.png', size: 9, mime: 'image/png' });
const edit = (opId: string, target: string) =>
  editRequested({ ...base, opId, target, content: 'new' });
const read = readRequested({
  ...base,
  ...{ opId: 'r1', target: 'm1', upTo: minute(1), messageIds: [] },
});

describe('selectOperations and selectPendingCount', () => {
  it('tell what is wished, in order; read marks are not waited for', () => {
    const send = sendRequested({ ...sent, opId: 's1', uploadIds: [] });
    const other = sendRequested({ ...sent, opId: 's2', channelId: design, uploadIds: [] });
    const root = rootOf(send, edit('e1', 'm1'), other, read);
    expect(select.selectOperations(root, general).map(({ opId }) => opId)).toEqual([
      ...['s1', 'e1', 'r1'],
    ]);
    expect(select.selectPendingCount(root)).toBe(3);
    expect(select.selectPendingCount(rootOf())).toBe(0);
    expect(select.selectOperations(root, 'toString')).toBe(
      select.selectOperations(rootOf(), general),
    );
  });
});

describe('selectUploads', () => {
  it('are the files that no message has taken along yet', () => {
    const root = rootOf(upload('u1'), upload('u2'), upload('u3', design));
    const ids = (at: typeof root) => select.selectUploads(at, general).map((one) => one.uploadId);
    expect(ids(root)).toEqual(['u1', 'u2']);
    expect(select.selectUploads(root, general)).toBe(select.selectUploads(root, general));
    const send = sendRequested({ ...sent, opId: 's1', uploadIds: ['u1'] });
    expect(ids(after(root, send))).toEqual(['u2']);
    expect(select.selectUploads(root, 'nowhere')).toBe(select.selectUploads(rootOf(), general));
  });

  it('are the same list while nothing of them changes (L14)', () => {
    const root = rootOf(upload('u1'), upload('u3', design), uploadStarted({ uploadId: 'u3' }));
    const before = select.selectUploads(root, general);
    const next = after(root, uploadProgressed({ uploadId: 'u3', loaded: 4 }));
    expect(select.selectUploads(next, design)).toMatchObject([{ loaded: 4 }]);
    expect(select.selectUploads(next, general)).toBe(before);
    const failed = after(next, uploadFailed({ uploadId: 'u1', code: 'NETWORK' }));
    expect(select.selectUploads(failed, general)).toMatchObject([{ status: 'failed' }]);
  });

  it('are right however many channels there are', () => {
    const many = Array.from({ length: 80 }, (_, i) => upload(`u${i}`, `channel ${i}`));
    const root = rootOf(...many);
    for (const round of [1, 2]) {
      const all = many.map((_, i) => select.selectUploads(root, `channel ${i}`));
      expect([round, all.flat().length]).toEqual([round, 80]);
    }
  });
});

describe('uploads of a row', () => {
  it('are those of its message, in order, as far as they are held', () => {
    const send = sendRequested({ ...sent, opId: 's1', uploadIds: ['u2', 'u9', 'u1'] });
    const root = rootOf(upload('u1'), upload('u2'), send, uploadStarted({ uploadId: 'u2' }));
    const next = after(root, uploadProgressed({ uploadId: 'u2', loaded: 4 }));
    select.selectTimeline(root, general);
    expect(select.selectTimeline(next, general)[0]?.uploads).toEqual([
      {
        ...{ uploadId: 'u2', name: 'a.png', size: 9, mime: 'image/png' },
        ...{ status: 'uploading', loaded: 4, code: null },
      },
      expect.objectContaining({ uploadId: 'u1', status: 'queued' }),
    ]);
  });
});

describe('selectEarliestPendingTarget', () => {
  const held = rootOf(
    connection('open'),
    heard(1, created('m1'), created('m2', { createdAt: minute(2) })),
    heard(3, created('r1', { parentId: 'm2', createdAt: minute(3) })),
  );

  it('is when the oldest message was made that something is pending on', () => {
    const earliest = (...actions: readonly UnknownAction[]) =>
      select.selectEarliestPendingTarget(after(held, ...actions), general);
    expect(earliest()).toBeNull();
    expect(earliest(read)).toBeNull();
    expect(earliest(edit('e1', 'gone'))).toBeNull();
    expect(earliest(edit('e1', 'r1'))).toBe(minute(3));
    expect(earliest(edit('e1', 'r1'), edit('e2', 'm2'))).toBe(minute(2));
    expect(select.selectEarliestPendingTarget(rootOf(edit('e1', 'm1')), general)).toBeNull();
  });

  it('counts a message that may be one on its way', () => {
    const root = after(
      held,
      sendRequested({ ...sent, opId: 's1', uploadIds: [] }),
      operationStarted({
        ...{ opId: 's1', ordinal: 9, viewerId: lina, mayMatch: false },
        since: { at: 0, ids: [] },
      }),
      heard(10, created('m3', { userId: lina, content: 'x', createdAt: minute(10) })),
    );
    expect(select.selectEarliestPendingTarget(root, general)).toBe(minute(10));
  });
});
