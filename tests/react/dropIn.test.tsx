import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import type { ReactElement } from 'react';
import { Profiler } from 'react';
import { Provider } from 'react-redux';
import { frameCommitted, sendRequested } from '../../src';
import { RealtimeProvider } from '../../src/react';
import { blocksOf, read, root } from '../support/documents';
import { Channels } from '../support/dropIn/app/Channels';
import { Messages } from '../support/dropIn/app/Messages';
import { MessageTexts } from '../support/dropIn/app/MessageTexts';
import { Root } from '../support/dropIn/app/Root';
import { api } from '../support/dropIn/app/api';
import { breadcrumbs } from '../support/dropIn/app/middleware';
import { session } from '../support/dropIn/app/session';
import type { HostPage } from '../support/dropIn/hostPage';
import { hello, messagesRoute, openHostPage } from '../support/dropIn/hostPage';
import {
  frame,
  ids,
  messageFrame,
  messageId,
  presenceFrame,
  row,
  typingFrame,
} from '../support/hudhudAnswers';
import { deletedFrame, editedFrame } from '../support/hostWorld';
import type { ScriptedRequest } from '../../src/testing';
import type { Routes } from '../support/hudhudWorld';
import { streamRoute } from '../support/hudhudWorld';

let page: HostPage;

const textsIn = (name: string): (string | null)[] =>
  [...screen.getByRole('list', { name }).children].map(({ textContent }) => textContent);
const shown = (): (string | null)[] => {
  // the app's own cache and what selectors say: one truth
  expect(textsIn('Texts')).toEqual(textsIn('Messages'));
  return textsIn('Messages');
};

/** Signs in by the app's own form, and chooses a channel. */
async function enter(routes: Routes = {}): Promise<void> {
  page = openHostPage(routes);
  render(<Root app={page.app} />);
  await signIn();
  fireEvent.click(screen.getByRole('button', { name: /general/ }));
  await page.settle();
}

async function signIn(): Promise<void> {
  fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'lina' } });
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: 'pa55-w0rd' } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  await page.settle();
  await page.push(hello);
}

function say(content: string): void {
  fireEvent.change(screen.getByLabelText('Message'), { target: { value: content } });
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
}

/** The code of the guide by file. */
function filesOfGuide(): Record<string, string> {
  const blocks = blocksOf(read('docs/guides/drop-in.md'));
  return Object.fromEntries(
    blocks.flatMap(({ text }): [string, string][] => {
      const name = /^\/\/ app\/(\S+)\n/.exec(text)?.[1];
      return name === undefined ? [] : [[name, text]];
    }),
  );
}

it('the app is the one of the guide, file by file', () => {
  const folder = 'tests/support/dropIn/app';
  const files = readdirSync(join(root, folder)).map((name) => [name, read(`${folder}/${name}`)]);
  expect(filesOfGuide()).toEqual(Object.fromEntries(files));
});

describe('an app with an api of its own, after the guide', () => {
  beforeEach(() => {
    breadcrumbs.length = 0;
  });

  afterEach(async () => {
    cleanup();
    // the timers of the app's cache go with it
    act(() => void page.app.store.dispatch(api.util.resetApiState()));
    await session.signOut();
  });

  it('shows what the stream tells, in its own lists and in selectors', async () => {
    await enter();
    expect(shown()).toEqual(['message 1', 'message 2']);
    await page.push(messageFrame(3), editedFrame(messageId(1), 'edited'));
    expect(shown()).toEqual(['edited', 'message 2', 'message 3']);
    await page.push(deletedFrame(messageId(2)));
    expect(shown()).toEqual(['edited', 'message 3']);
    await page.push(messageFrame(9, { channel_id: ids.random, channelId: ids.random }));
    expect(screen.getByRole('button', { name: 'random 1' })).toBeTruthy();
    expect(page.asked(messagesRoute)).toHaveLength(1);
  });

  it('shows a wish at once, in the same element once it is confirmed', async () => {
    await enter();
    say('hello');
    expect(shown()).toEqual(['message 1', 'message 2', 'hello']);
    const item = screen.getByRole('list', { name: 'Messages' }).lastElementChild;
    expect(item?.getAttribute('data-status')).toBe('sending');
    await page.settle();
    const [post] = page.asked('POST /chat/messages');
    const { metadata } = JSON.parse(post?.body ?? '{}') as { metadata: object };
    await page.push(messageFrame(3, { user_id: ids.me, content: 'hello', metadata }));
    post?.json({ success: true, message: row(3, { user_id: ids.me, content: 'hello', metadata }) });
    await page.settle();
    expect(shown()).toEqual(['message 1', 'message 2', 'hello']);
    expect(screen.getByRole('list', { name: 'Messages' }).lastElementChild).toBe(item);
    expect(item?.getAttribute('data-status')).toBe('confirmed');
  });

  it('loses nothing by a refetch that is older than what came meanwhile', async () => {
    const asked: ScriptedRequest[] = [];
    const answer = (request?: ScriptedRequest) =>
      request?.json({ success: true, messages: [row(1), row(2)], has_more: false });
    await enter({ [messagesRoute]: (request) => void asked.push(request) });
    answer(asked[0]);
    await page.settle();
    const { initiate } = api.endpoints.getMessages;
    act(() => void page.app.store.dispatch(initiate(ids.general, { forceRefetch: true })));
    await page.settle();
    expect(asked).toHaveLength(2);
    await page.push(messageFrame(3), editedFrame(messageId(1), 'edited'));
    say('hello');
    answer(asked[1]);
    await page.settle();
    expect(shown()).toEqual(['edited', 'message 2', 'message 3', 'hello']);
  });

  it('catches up after a break of the stream', async () => {
    let rows = [row(1), row(2)];
    await enter({
      [messagesRoute]: (request) => {
        request.json({ success: true, messages: rows, has_more: false });
      },
    });
    // by then a read that lacks a message says that it is gone
    await act(() => page.platform.advance(10_000));
    page.stream().fail();
    rows = [row(2), row(3)];
    await act(() => page.platform.advance(60_000));
    await page.push(hello);
    expect(shown()).toEqual(['message 2', 'message 3']);
  });

  it('renders once for a batch, and not for what happens elsewhere', async () => {
    page = openHostPage();
    await session.signIn('lina', 'pa55-w0rd');
    const counts = new Map<string, number>();
    const Counted = ({ id, children }: { id: string; children: ReactElement }) => (
      <Profiler id={id} onRender={() => counts.set(id, (counts.get(id) ?? 0) + 1)}>
        {children}
      </Profiler>
    );
    const { store, hudhud } = page.app;
    render(
      <Provider store={store}>
        <RealtimeProvider hudhud={hudhud}>
          <Counted id="messages">
            <Messages channelId={ids.general} />
          </Counted>
          <Counted id="texts">
            <MessageTexts channelId={ids.general} />
          </Counted>
          <Counted id="channels">
            <Channels />
          </Counted>
        </RealtimeProvider>
      </Provider>,
    );
    await page.settle();
    await page.push(hello);
    const rendersOf = async (...frames: readonly string[]) => {
      counts.clear();
      await page.push(...frames);
      return Object.fromEntries(counts);
    };
    const elsewhere = { channelId: ids.random };
    const [first] = screen.getByRole('list', { name: 'Messages' }).children;

    expect(await rendersOf(typingFrame(ids.omar), presenceFrame(ids.omar))).toEqual({});
    const batch = [3, 4, 5].map((n) => messageFrame(n));
    expect(await rendersOf(...batch)).toEqual({ messages: 1, texts: 1, channels: 1 });
    // its count of unread messages, and its last one
    const two = [6, 7].map((n) => messageFrame(n, elsewhere));
    expect(await rendersOf(...two)).toEqual({ channels: 1 });
    const typing = typingFrame(ids.omar, ids.random);
    const edited = { action: 'updated', message_id: messageId(6), content: 'edited', ...elsewhere };
    expect(await rendersOf(frame('channel_message', edited), typing)).toEqual({});
    expect(screen.getByRole('list', { name: 'Messages' }).firstElementChild).toBe(first);
    expect(shown()).toHaveLength(5);
  });

  it('takes every action once, before and after its own middleware', async () => {
    await enter();
    breadcrumbs.length = 0;
    say('hello');
    await page.push(messageFrame(3));
    for (const { type } of [sendRequested, frameCommitted]) {
      expect(breadcrumbs.filter((known) => known === type)).toHaveLength(1);
    }
  });

  it('forgets a person when they sign out, and begins anew for the next one', async () => {
    await enter();
    await page.push(messageFrame(3));
    fireEvent.click(screen.getByRole('button', { name: 'Sign out' }));
    await page.settle();
    const { app, platform, asked } = page;
    const { api: cache, ui } = app.store.getState();
    expect(Object.keys(cache.queries)).toEqual([]);
    expect(ui.channelId).toBeNull();
    expect(platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
    await signIn();
    fireEvent.click(screen.getByRole('button', { name: /general/ }));
    await page.settle();
    expect(shown()).toEqual(['message 1', 'message 2']);
    expect(asked(streamRoute)).toHaveLength(2);
  });
});
