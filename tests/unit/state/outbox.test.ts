import { describe, expect, it } from '@jest/globals';
import { sessionEnded } from '../../../src/actions/session';
import { uploadRequested } from '../../../src/actions/outbox';
import { createOutboxReducer } from '../../../src/state/outbox';
import { emptyOutbox, findOperation, operationsOf } from '../../../src/state/outboxState';
import { createRootReducer } from '../../../src/state/rootReducer';
import { correlateByMetadata } from '../../../src/state/settle';
import {
  channelsHeard,
  connection,
  created,
  design,
  general,
  heard,
  omar,
  page,
  snapshot,
  typing,
} from '../../support/exampleData';
import { frozen } from '../../support/frozen';
import {
  acked,
  began,
  discarded,
  editWished,
  foldOutbox,
  opIdsOf,
  own,
  sendWished,
} from '../../support/wishes';

describe('the outbox', () => {
  it('starts empty, and a channel without operations is not held', () => {
    expect(foldOutbox([])).toEqual(emptyOutbox);
    const state = foldOutbox([sendWished('s1'), sendWished('s2', 'x', { channelId: design })]);
    expect(state.channels.map(({ channelId }) => channelId)).toEqual([general, design]);
    expect(foldOutbox([discarded('s1')], state).channels).toMatchObject([{ channelId: design }]);
    expect(findOperation(state, 's2')?.channelId).toBe(design);
  });

  it('takes the same wish once', () => {
    const state = foldOutbox([sendWished('s1')]);
    expect(foldOutbox([sendWished('s1', 'again')], state)).toBe(state);
  });

  it('forgets everything when the session ends', () => {
    const state = foldOutbox([sendWished('s1'), began('s1', 1)]);
    expect(foldOutbox([frozen(sessionEnded({ reason: 'logout' }))], state)).toEqual(emptyOutbox);
  });

  it('lets go of what was wished in a channel that is gone', () => {
    const state = foldOutbox([
      ...[sendWished('s1'), sendWished('s2', 'x', { channelId: design })],
      channelsHeard(5, { type: 'channel_event', op: 'deleted', channelId: general }),
    ]);
    expect(operationsOf(state, general)).toEqual([]);
    expect(opIdsOf(operationsOf(state, design))).toEqual(['s2']);
  });

  it('stays the same for what concerns nothing in it (L14)', () => {
    const state = foldOutbox([sendWished('s1'), began('s1', 1), editWished('e1', 'm1', 'x')]);
    for (const action of [
      ...[heard(5, created('m5'), typing(omar)), page(6, [own('m6', { content: 'other' })])],
      ...[snapshot(7), connection('open'), frozen({ type: 'hosts/own' })],
    ]) {
      expect(foldOutbox([action], state)).toBe(state);
    }
  });

  it('leaves the operations of other channels as they are (L14)', () => {
    const state = foldOutbox([
      ...[sendWished('s1'), sendWished('s2', 'x', { channelId: design }), began('s1', 1)],
    ]);
    const next = foldOutbox([acked('s1', 1, 2, { message: own('m1') })], state);
    expect(operationsOf(next, design)).toBe(operationsOf(state, design));
    expect(operationsOf(emptyOutbox, general)).toBe(operationsOf(emptyOutbox, design));
  });

  it("takes a host's own way to find the nonce", () => {
    const reduce = createRootReducer('hudhud', ({ content }) =>
      content?.startsWith('#') === true ? content.slice(1) : null,
    );
    const told = heard(5, created('m1', own('m1', { content: '#s1' })));
    const state = [connection('open'), sendWished('s1'), began('s1', 1), told].reduce(
      reduce,
      reduce(undefined, { type: 'start' }),
    );
    expect(state.outbox).toMatchObject({ channels: [], returnsNonce: 'yes' });
  });

  it('costs nothing while nothing is pending: no fact is looked at', () => {
    let looks = 0;
    const reduce = createOutboxReducer((fact) => {
      looks += 1;
      return correlateByMetadata(fact);
    });
    expect(reduce(emptyOutbox, heard(5, created('m1')))).toBe(emptyOutbox);
    expect(reduce(emptyOutbox, page(6, [own('m2')]))).toBe(emptyOutbox);
    expect(looks).toBe(0);
  });

  it('lets go of what was to go to a channel that is gone, files included', () => {
    const file = (uploadId: string, channelId: string) =>
      uploadRequested({ uploadId, channelId, name: 'a.pdf', size: 1, mime: '', at: 1 });
    const gone = channelsHeard(9, { type: 'channel_event', op: 'deleted', channelId: general });
    const state = foldOutbox([file('u1', general), file('u2', design), gone]);
    expect(state.uploads).toMatchObject([{ uploadId: 'u2' }]);
    expect(foldOutbox([sendWished('s1'), gone]).channels).toEqual([]);
  });
});
