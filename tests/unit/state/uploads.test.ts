import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';
import {
  uploadCancelRequested,
  uploadDone,
  uploadFailed,
  uploadRequested,
} from '../../../src/actions/outbox';
import { operationsOf } from '../../../src/state/outboxState';
import { general, minute } from '../../support/exampleData';
import { frozen } from '../../support/frozen';
import {
  acked,
  began,
  deleteWished,
  discarded,
  failedBy,
  foldOutbox,
  own,
  pendingAfter,
  retried,
  sendWished,
} from '../../support/wishes';

const file = { id: 'f1', name: 'a', mime: null, size: 9, url: '/f1', thumbnailUrl: null };
const at = minute(2);
const upload = (uploadId: string) =>
  frozen(
    uploadRequested({ uploadId, channelId: general, name: 'a', size: 9, mime: 'text/plain', at }),
  );
const done = (uploadId: string) => frozen(uploadDone({ uploadId, file }));
const broken = (uploadId: string) => frozen(uploadFailed({ uploadId, code: 'NETWORK' }));
const cancelled = (uploadId: string) => frozen(uploadCancelRequested({ uploadId }));
const sent = (opId: string, uploadIds: readonly string[], content = 'x') =>
  sendWished(opId, content, { uploadIds });
const left = (...actions: readonly UnknownAction[]) =>
  foldOutbox(actions).uploads.map(({ uploadId }) => uploadId);

describe('a message that names a file', () => {
  it('which could not be uploaded fails at once with its code; a retry uploads it again', () => {
    const told = [upload('u1'), upload('u2'), broken('u2'), sent('s1', ['u1', 'u2'])];
    expect(pendingAfter(...told)).toMatchObject([{ status: 'failed', code: 'NETWORK' }]);
    const again = foldOutbox([...told, retried('s1')]);
    expect(again.uploads.map(({ status }) => status)).toEqual(['queued', 'queued']);
    expect(operationsOf(again, general)).toMatchObject([{ status: 'queued', code: null }]);
  });

  it('which nobody holds fails only if there is nothing else to send', () => {
    expect(pendingAfter(sent('s1', ['u1'], ' '))).toMatchObject([
      { status: 'failed', code: 'ATTACHMENT_LOST' },
    ]);
    expect(pendingAfter(sent('s1', ['u1']))).toMatchObject([{ status: 'queued' }]);
    expect(pendingAfter(upload('u2'), sent('s1', ['u1', 'u2'], ''))).toMatchObject([
      { status: 'queued' },
    ]);
  });
});

describe('two messages that name the same file', () => {
  const both = [upload('u1'), sent('s1', ['u1']), sent('s2', ['u1'])];

  it('both fail with it', () => {
    expect(pendingAfter(...both, broken('u1'))).toMatchObject([
      { opId: 's1', status: 'failed', code: 'NETWORK' },
      { opId: 's2', status: 'failed', code: 'NETWORK' },
    ]);
  });

  it('both go without it once it is called off', () => {
    expect(pendingAfter(...both, cancelled('u1'))).toMatchObject([
      { opId: 's1', uploadIds: [] },
      { opId: 's2', uploadIds: [] },
    ]);
    const blank = [upload('u1'), sent('s1', ['u1'], ''), sent('s2', ['u1'], '')];
    expect(pendingAfter(...blank, cancelled('u1'))).toEqual([]);
  });

  it.each<readonly [string, readonly UnknownAction[]]>([
    ['given up', [discarded('s1')]],
    ['deleted', [deleteWished('d1', 's1')]],
    ['there', [done('u1'), began('s1', 1), acked('s1', 1, 2, { message: own('m1') })]],
  ])('keep it for the other when one of them is %s', (_name, ended) => {
    expect(left(...both, ...ended)).toEqual(['u1']);
    expect(left(...both, ...ended, discarded('s2'))).toEqual([]);
  });
});

describe('a message that is deleted before it was sent', () => {
  const waiting = [upload('u1'), upload('u2'), sent('s1', ['u1'])];

  it.each<readonly [string, readonly UnknownAction[]]>([
    ['waits', []],
    ['failed', [done('u1'), began('s1', 1), failedBy('s1')]],
    ['failed for its file', [broken('u1')]],
  ])('takes its files along while it %s', (_name, then) => {
    expect(left(...waiting, ...then)).toEqual(['u1', 'u2']);
    expect(left(...waiting, ...then, deleteWished('d1', 's1'))).toEqual(['u2']);
  });
});
