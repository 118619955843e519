import { describe, expect, it } from '@jest/globals';
import type { Middleware } from '@reduxjs/toolkit';
import type { PatchRule } from '../../src';
import { messageList } from '../../src';
import type { MessagesArg } from '../support/hostApi';
import { general } from '../support/hostApi';
import type { Endpoint, HostWorld } from '../support/hostWorld';
import {
  askMessages,
  createHostWorld,
  editedFrame,
  enterHost,
  messagesIn,
  textsIn,
} from '../support/hostWorld';
import { ids, messageFrame, messageId, presenceFrame, row } from '../support/hudhudAnswers';

const patched = 'hostApi/queries/queryResultPatched';

const listRule = messageList({
  endpoint: 'getMessages',
  channelId: ({ channelId }: MessagesArg) => channelId,
});

async function loadedWith(
  extra: Middleware | undefined,
  rules: readonly PatchRule<Endpoint>[] = [listRule],
): Promise<HostWorld> {
  const world = createHostWorld(rules, extra === undefined ? {} : { extra });
  await enterHost(world);
  await askMessages(world);
  await world.asked('getMessages').answer([row(1), row(2)]);
  return world;
}

const errorsOf = ({ hudhud }: HostWorld) => hudhud.getStatus().counters.handlerErrors?.by;

describe('a patch of the layer', () => {
  it('that does not arrive is followed by the whole answer', async () => {
    let isLost = true;
    const world = await loadedWith(() => (next) => (action) => {
      const { type } = action as { readonly type: string };
      if (type !== patched || !isLost) return next(action);
      isLost = false;
      return action;
    });
    await world.push(messageFrame(3));
    expect(textsIn(world)).toEqual(['message 1', 'message 2', 'message 3']);
    await world.push(editedFrame(messageId(3), 'edited'));
    expect(textsIn(world)).toEqual(['message 1', 'message 2', 'edited']);
    expect(world.hudhud.checkCaches()).toEqual([]);
    expect(errorsOf(world)).toEqual({ cachePatcher: 1 });
  });

  it('that throws is counted, harms nobody, and is followed by the whole answer', async () => {
    let isBroken = true;
    const world = await loadedWith(() => (next) => (action) => {
      const { type } = action as { readonly type: string };
      if (type === patched && isBroken) {
        isBroken = false;
        throw new Error('broken');
      }
      return next(action);
    });
    const { hudhud, store } = world;
    const wish = hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' });
    expect(() => store.dispatch(wish)).not.toThrow();
    expect(textsIn(world)).toEqual(['message 1', 'message 2', 'hello']);
    expect(errorsOf(world)).toEqual({ cachePatcher: 1 });
  });

  it('that never arrives is given up, and does not throw in the host', async () => {
    let tries = 0;
    const world = await loadedWith(() => (next) => (action) => {
      const { type } = action as { readonly type: string };
      if (type !== patched) return next(action);
      tries += 1;
      throw new Error('broken');
    });
    const { hudhud, store } = world;
    const wish = hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' });
    expect(() => store.dispatch(wish)).not.toThrow();
    // the patch, the whole, and the whole again with the next action, which says that it is being sent
    expect(tries).toBe(3);
    expect(errorsOf(world)).toEqual({ cachePatcher: 3 });
    expect(textsIn(world)).toEqual(['message 1', 'message 2']);
  });

  it('is not taken for one of the host, nor the one that the host writes meanwhile for ours', async () => {
    let isAnswered = false;
    const world: { current: HostWorld | null } = { current: null };
    const host: Middleware = () => (next) => (action) => {
      const { type } = action as { readonly type: string };
      const result = next(action);
      if (type !== patched || isAnswered || world.current === null) return result;
      isAnswered = true;
      const { api, store } = world.current;
      const { undo } = store.dispatch(
        api.util.updateQueryData('getMessages', general, (rows) => {
          (rows as unknown[]).push({ content: 'by hand' });
        }),
      );
      undone.push(undo);
      return result;
    };
    const undone: (() => void)[] = [];
    world.current = await loadedWith(host);
    const made = world.current;
    await made.push(messageFrame(3));
    expect(textsIn(made)).toEqual(['message 1', 'message 2', 'message 3', 'by hand']);
    await made.push(messageFrame(4));
    const texts = ['message 1', 'message 2', 'message 3', 'message 4'];
    expect(textsIn(made)).toEqual(texts);
    for (const undo of undone) undo();
    expect(textsIn(made)).toEqual(texts);
  });

  it('holds what a subscriber wishes while it is written', async () => {
    const world = await loadedWith(undefined);
    const { hudhud, store } = world;
    let isWished = false;
    store.subscribe(() => {
      if (isWished || messagesIn(world).length < 3) return;
      isWished = true;
      store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' }));
      expect(textsIn(world)).toEqual(['message 1', 'message 2', 'message 3', 'hello']);
    });
    await world.push(messageFrame(3));
    await world.push(messageFrame(4));
    expect(isWished).toBe(true);
    expect(textsIn(world).slice(0, 4)).toEqual([1, 2, 3, 4].map((n) => `message ${n}`));
    expect(hudhud.checkCaches()).toEqual([]);
  });
});

describe('a rule that throws', () => {
  it('is asked again when something happens, and its answer is brought up to then', async () => {
    let isBroken = false;
    const rule: PatchRule<'getMessages'> = {
      ...listRule,
      project(source, view, last) {
        if (isBroken) throw new Error('broken');
        return listRule.project(source, view, last);
      },
    };
    const other = messageList({ endpoint: 'getOpenMessages', channelId: () => ids.random });
    const world = await loadedWith(undefined, [rule, other]);
    const { api, store, platform } = world;
    void store.dispatch(api.endpoints.getOpenMessages.initiate({ channelId: ids.random }));
    await platform.settle();
    await world.asked('getOpenMessages').answer([]);
    isBroken = true;
    await world.push(messageFrame(3));
    expect(textsIn(world)).toEqual(['message 1', 'message 2']);
    isBroken = false;
    await world.push(messageFrame(4, { channelId: ids.random }), presenceFrame(ids.omar));
    expect(textsIn(world)).toEqual(['message 1', 'message 2', 'message 3']);
  });

  it('in what it says of being loaded is left out when caches are checked', async () => {
    const rule: PatchRule<'getMessages'> = {
      ...listRule,
      isLoaded() {
        throw new Error('broken');
      },
    };
    const world = await loadedWith(undefined, [rule]);
    expect(world.hudhud.checkCaches()).toEqual([]);
  });
});

describe('actions that only look like those of the api', () => {
  it('do not throw in the host', async () => {
    const world = await loadedWith(undefined);
    for (const part of ['pending', 'fulfilled', 'rejected']) {
      const action = { type: `hostApi/executeQuery/${part}x` };
      expect(() => world.store.dispatch(action)).not.toThrow();
    }
    const odd = { type: 'hostApi/queries/queryResultPatched', payload: {} };
    expect(() => world.store.dispatch(odd)).not.toThrow();
    expect(textsIn(world)).toEqual(['message 1', 'message 2']);
  });
});
