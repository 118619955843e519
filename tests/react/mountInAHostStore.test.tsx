import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { blocksOf, read, root } from '../support/documents';
import { ids, initFrame, me, omar, row, snapshotAnswer } from '../support/hudhudAnswers';
import type { HudhudWorld, Routes } from '../support/hudhudWorld';
import { createHudhudWorld } from '../support/hudhudWorld';
import { Workspace } from '../support/mount/chat/Workspace';
import { Around, pushIn, settle } from '../support/rendering';

const messagesRoute = 'GET /chat/messages';

/** What the form does, whose `FormData` Node's does not take. */
async function signIn(world: HudhudWorld, username: string): Promise<void> {
  expect(screen.getByRole('button', { name: 'Sign in' })).toBeTruthy();
  await act(async () => {
    const login = world.hudhud.auth.login({ username, password: 'pa55-w0rd' });
    await world.platform.settle();
    await login;
    await world.platform.settle();
  });
  await pushIn(world, initFrame());
}

async function open(routes: Routes = {}): Promise<HudhudWorld> {
  const world = createHudhudWorld({ routes });
  render(
    <Around world={world}>
      <Workspace projectSlug="hudhud" channelSlug="general" />
    </Around>,
  );
  await signIn(world, 'lina');
  return world;
}

const shown = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent);
const channelOf = (url: string) => new URL(url).searchParams.get('channelId');

it('the files are those of the guide', () => {
  const folder = 'tests/support/mount/chat';
  const files = readdirSync(join(root, folder)).map((name) => [name, read(`${folder}/${name}`)]);
  const blocks = blocksOf(read('docs/guides/mount-in-a-host-store.md')).flatMap(({ text }) => {
    const name = /^\/\/ chat\/(\S+)\n/.exec(text)?.[1];
    return name === undefined ? [] : [[name, text]];
  });
  expect(Object.fromEntries(blocks)).toEqual(Object.fromEntries(files));
});

it('a gap is filled by its button', async () => {
  const between = Array.from({ length: 8 }, (_, i) => row(i + 2));
  let isBack = false;
  const world = await open({
    [messagesRoute]: (request) => {
      const isBeside = new URL(request.url).searchParams.has('after');
      const newest = isBack ? [row(8), row(9)] : [row(1), row(2)];
      const messages = isBeside ? between : newest;
      request.json({ success: true, messages, has_more: isBack && !isBeside });
    },
    'GET /workspace/hudhud/general': (request) => {
      const newest = { messages: [row(8), row(9)], pagination: { has_more: true } };
      request.json(snapshotAnswer(isBack ? newest : {}));
    },
  });
  expect(shown()).toHaveLength(2);
  expect(screen.queryByRole('button', { name: /messages/i })).toBeNull();
  isBack = true;
  await act(async () => {
    world.stream().fail();
    await world.platform.advance(2_000);
  });
  await pushIn(world, initFrame());
  expect(shown()).toHaveLength(4);
  fireEvent.click(screen.getByRole('button', { name: /messages/i }));
  await settle(world);
  expect(shown()).toHaveLength(9);
  expect(screen.queryByRole('button', { name: /messages/i })).toBeNull();
});

it('what one person chose is not opened for the next one', async () => {
  let user: typeof me | typeof omar = me;
  const world = await open({
    'POST /auth/login': (request) => {
      request.json({ success: true, user, tokens: { accessToken: 't0k', expiresIn: 900 } });
    },
  });
  fireEvent.click(screen.getByRole('button', { name: /random/ }));
  await settle(world);
  expect(world.asked(messagesRoute).map(({ url }) => channelOf(url))).toContain(ids.random);
  fireEvent.click(screen.getByRole('button', { name: 'Sign out' }));
  await settle(world);
  user = omar;
  const { length } = world.asked(messagesRoute);
  await signIn(world, 'omar');
  const since = world.asked(messagesRoute).slice(length);
  expect(since.map(({ url }) => channelOf(url))).not.toContain(ids.random);
  expect(shown()).toHaveLength(2);
});
