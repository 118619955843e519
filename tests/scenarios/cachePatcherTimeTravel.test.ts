import { expect, it } from '@jest/globals';
import type { LiftedStore } from '@redux-devtools/instrument';
import { ActionCreators, instrument } from '@redux-devtools/instrument';
import type { UnknownAction } from '@reduxjs/toolkit';
import { messageList } from '../../src';
import type { MessagesArg } from '../support/hostApi';
import type { HostWorld } from '../support/hostWorld';
import {
  askMessages,
  createHostWorld,
  deletedFrame,
  editedFrame,
  enterHost,
  textsIn,
} from '../support/hostWorld';
import { messageFrame, messageId, row } from '../support/hudhudAnswers';
import { noticeMs } from '../support/travelWorld';

type Lifted = LiftedStore<unknown, UnknownAction, null>;

/** A host whose list of two messages is loaded, and whose store the Redux DevTools have in hand. */
async function travelled() {
  const channelId = (arg: MessagesArg): string => arg.channelId;
  const rules = [messageList({ endpoint: 'getMessages', channelId })];
  const world = createHostWorld(rules, { enhancer: instrument() });
  await enterHost(world);
  await askMessages(world);
  await world.asked('getMessages').answer([row(1), row(2)]);
  const { liftedStore } = world.store as unknown as { readonly liftedStore: Lifted };
  const newest = (): number => liftedStore.getState().computedStates.length - 1;
  return {
    world,
    newest,
    jump: (to = newest()): void => {
      liftedStore.dispatch(ActionCreators.jumpToState(to));
    },
  };
}

const sentBy = ({ requests, layerRequests }: HostWorld): number =>
  requests.length + layerRequests.length;

it('a cached list is not written while the DevTools show the past, and is right on the way back', async () => {
  const { world, newest, jump } = await travelled();
  await world.push(messageFrame(3));
  const asItWas = newest();
  await world.push(messageFrame(4));
  const told = { actions: world.actions.length, sent: sentBy(world), states: newest() };
  jump(asItWas);
  await world.push(
    messageFrame(5),
    editedFrame(messageId(4), 'edited'),
    deletedFrame(messageId(2)),
  );
  await world.platform.advance(60_000);
  expect(textsIn(world)).toEqual(['message 1', 'message 2', 'message 3']);
  expect({ actions: world.actions.length, sent: sentBy(world), states: newest() }).toEqual(told);
  jump();
  await world.platform.advance(noticeMs);
  expect(textsIn(world)).toEqual(['message 1', 'message 3', 'edited', 'message 5']);
  expect(sentBy(world)).toBe(told.sent);
  await world.push(messageFrame(6));
  expect(textsIn(world)).toHaveLength(5);
});

it('a cached list that was not asked for in the past shown is patched all the same when one comes back', async () => {
  const { world, jump } = await travelled();
  jump(1);
  expect(textsIn(world)).toEqual([]);
  await world.push(messageFrame(3), deletedFrame(messageId(1)));
  expect(textsIn(world)).toEqual([]);
  jump();
  await world.platform.advance(noticeMs);
  expect(textsIn(world)).toEqual(['message 2', 'message 3']);
});
