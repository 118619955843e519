import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { signIn } from '../../support/client';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { startHostedEmulator } from '../../support/hostedEmulator';
import type { RealClient } from '../../support/realClient';
import { createRealClient, openWorkspace } from '../../support/realClient';
import type { WireMessage } from '../../support/wire';

let emulator: HostedEmulator;
let client: RealClient;

beforeAll(async () => {
  emulator = await startHostedEmulator();
});
afterEach(() => {
  client.hudhud.stop();
});
afterAll(() => emulator.stop());

/** What somebody is offered to do with Sara's newest message, and what the server says when they do. */
async function judged(username: string, channelId: string, messageId: string) {
  const { hudhud, store, seen } = client;
  store.dispatch(hudhud.actions.channelOpened({ channelId }));
  const row = await seen(
    ({ selectRow }, root) => selectRow(root, channelId, messageId),
    (held) => held !== null,
  );
  const person = await signIn(emulator.url, username);
  const { status } = await person.send('DELETE', `/chat/messages/${messageId}`);
  return { isOffered: row?.canDelete, isDone: status >= 200 && status < 300, status };
}

async function saraSays(channelId: string): Promise<string> {
  const sara = await signIn(emulator.url, 'sara');
  const { body } = await sara.post<{ readonly message: WireMessage }>('/chat/messages', {
    ...{ channelId, content: 'Who may take this back?' },
  });
  return body.message.message_id;
}

test.each([
  ['lina', true],
  ['omar', true],
  ['yusuf', false],
])('%s is offered to delete what others wrote if the server does so', async (username, may) => {
  client = createRealClient(emulator.url);
  await client.enter(username);
  const { general = '' } = await openWorkspace(client);
  const { isOffered, isDone } = await judged(username, general, await saraSays(general));
  expect({ isOffered, isDone }).toEqual({ isOffered: may, isDone: may });
});

test('who made a channel is its admin, and may not delete what others wrote in it', async () => {
  client = createRealClient(emulator.url);
  await client.enter('yusuf');
  await openWorkspace(client);
  const { hudhud, store, seen } = client;
  const { projectId } = hudhud.selectors.selectChannels(store.getState())[0] ?? {};
  const yusuf = await signIn(emulator.url, 'yusuf');
  const made = await yusuf.post<{
    readonly data: { readonly channel: { readonly channel_id: string } };
  }>('/chat/channels', { projectId, name: 'falconry' });
  const { channel_id: channelId } = made.body.data.channel;
  store.dispatch(hudhud.actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'falconry' }));
  await seen(
    ({ selectChannel }, root) => selectChannel(root, channelId)?.userRole,
    (role) => role === 'admin',
  );
  const messageId = await saraSays(channelId);
  expect(await judged('yusuf', channelId, messageId)).toEqual({
    ...{ isOffered: false, isDone: false, status: 403 },
  });
});
