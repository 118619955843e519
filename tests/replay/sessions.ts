import type { Client } from '../support/client';
import { signIn } from '../support/client';
import { until } from '../support/deadline';
import type { Emulator } from '../support/emulator';
import { createRecordedClient } from './recordedClient';

/** What is recorded: sessions of people with the real client and a real server. Gives files by name. */
export type Session = (emulator: Emulator) => Promise<Readonly<Record<string, string>>>;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Somebody else, without a client of ours. */
async function somebody(url: string, name: string, channelId: string) {
  const client: Client = await signIn(url, name);
  return {
    async say(content: string): Promise<string> {
      const { body } = await client.post<{ readonly message: { readonly message_id: string } }>(
        '/chat/messages',
        { channelId, content },
      );
      return body.message.message_id;
    },
    edit: (id: string, content: string) => client.send('PUT', `/chat/messages/${id}`, { content }),
    remove: (id: string) => client.send('DELETE', `/chat/messages/${id}`),
    react: (id: string, emoji: string) => client.post(`/chat/messages/${id}/reactions`, { emoji }),
  };
}

const quietDay: Session = async ({ url }) => {
  const lina = createRecordedClient(url, ['none', 'pseudonyms']);
  await lina.enter('lina');
  const { store, actions, general, hudhud } = lina;
  const omar = await somebody(url, 'omar', general);
  const first = await omar.say('good morning, is the build green?');
  await lina.row('good morning, is the build green?');
  lina.say('good morning! نعم، كل شيء جاهز');
  await lina.isSettled();
  store.dispatch(actions.addReaction({ channelId: general, target: first, emoji: '🎉' }));
  await lina.isSettled();
  await omar.edit(first, 'good morning, is the build green again?');
  await lina.row('good morning, is the build green again?');
  const typo = lina.say('see you at lnuch');
  await lina.isSettled();
  store.dispatch(
    actions.editMessage({ ...(await lina.row('see you at lnuch')), content: 'see you at lunch' }),
  );
  await lina.isSettled();
  store.dispatch(
    actions.sendMessage({ channelId: general, parentId: first, content: 'it is, since nine' }),
  );
  store.dispatch(actions.threadOpened({ channelId: general, parentId: first }));
  await lina.isSettled();
  store.dispatch(actions.threadClosed({ channelId: general, parentId: first }));
  const wrong = await omar.say('wrong channel, sorry');
  await lina.row('wrong channel, sorry');
  await omar.remove(wrong);
  await lina.seen((rows) => !rows.some((row) => row.content === 'wrong channel, sorry'));
  store.dispatch(actions.loadHistory({ channelId: general, parentId: null, side: 'older' }));
  store.dispatch(actions.deleteMessage(await lina.row('see you at lunch')));
  await lina.isSettled();
  hudhud.markRead(general);
  await lina.isSettled();
  await pause(100);
  await hudhud.auth.logout();
  const [plain = '', redacted = ''] = await lina.end();
  if (typo === '') throw new Error('nothing was sent');
  return { 'quiet-day': plain, 'quiet-day.redacted': redacted };
};

const storm: Session = async ({ url }) => {
  const lina = createRecordedClient(url);
  await lina.enter('lina');
  const people = await Promise.all(
    ['omar', 'sara', 'yusuf'].map((name) => somebody(url, name, lina.general)),
  );
  await Promise.all(
    people.map(async (person, who) => {
      for (let i = 0; i < 25; i++) {
        const id = await person.say(`storm ${who}.${i}`);
        if (i % 5 === 0) await person.react(id, '👍');
        if (i % 6 === 0) await person.edit(id, `storm ${who}.${i}, edited`);
        if (i % 8 === 7) await person.remove(id);
      }
    }),
  );
  for (let i = 0; i < 5; i++) lina.say(`in the middle of it ${i}`);
  await lina.isSettled();
  await lina.row('storm 2.23'.replace('23', '22'));
  const [text = ''] = await lina.end();
  return { storm: text };
};

const reconnects: Session = async ({ url }) => {
  const lina = createRecordedClient(url);
  await lina.enter('lina');
  const omar = await somebody(url, 'omar', lina.general);
  for (let i = 1; i <= 10; i++) {
    lina.cut();
    await omar.say(`said while the stream was gone ${i}`);
    await lina.isOpen();
    await lina.row(`said while the stream was gone ${i}`);
    await pause(80);
  }
  const [text = ''] = await lina.end();
  return { 'ten-reconnects': text };
};

const failedSend: Session = async (emulator) => {
  const lina = createRecordedClient(emulator.url);
  await lina.enter('lina');
  const { store, actions, seen } = lina;
  const writes = { p: 1, methods: ['POST'], paths: ['/chat/messages$'] };
  const statusOf = (opId: string, status: string) =>
    seen((rows) => rows.some(({ key, pending }) => key === opId && pending?.status === status));

  await emulator.setFaults({ refuse: { ...writes, times: 2, statuses: [503] } });
  lina.say('the server is busy at first');
  await lina.isSettled();

  await emulator.setFaults({ refuse: { ...writes, times: 1, statuses: [403] } });
  const refused = lina.say('refused, and tried again');
  await statusOf(refused, 'failed');
  store.dispatch(actions.retry({ opId: refused }));
  await lina.isSettled();

  await emulator.setFaults({ refuse: { ...writes, times: 1, statuses: [403] } });
  const givenUp = lina.say('refused, and given up');
  await statusOf(givenUp, 'failed');
  store.dispatch(actions.discard({ opId: givenUp }));

  await emulator.setFaults({ loseReply: { ...writes, times: 1 }, dropEchoes: { p: 1 } });
  lina.say('nobody knows whether it came');
  await lina.isSettled();

  await emulator.setFaults({ loseRequest: { ...writes, times: 1 } });
  lina.say('it never came, and is sent again');
  await lina.isSettled();
  await emulator.setFaults();
  const [text = ''] = await lina.end();
  return { 'failed-send': text };
};

const twoTabs: Session = async ({ url }) => {
  const tabs = [createRecordedClient(url), createRecordedClient(url)] as const;
  for (const tab of tabs) await tab.enter('lina');
  const [left, right] = tabs;
  for (let i = 0; i < 4; i++) {
    left.say(`left ${i}`);
    right.say(`right ${i}`);
  }
  for (const tab of tabs) await tab.isSettled();
  const row = await left.row('right 3');
  left.store.dispatch(left.actions.addReaction({ ...row, emoji: '👍' }));
  right.store.dispatch(right.actions.editMessage({ ...row, content: 'right 3, edited' }));
  for (const tab of tabs) {
    await tab.isSettled();
    await until(
      () => tab.row('right 3, edited'),
      () => true,
    );
  }
  const [first = ''] = await left.end();
  const [second = ''] = await right.end();
  return { 'two-tabs.left': first, 'two-tabs.right': second };
};

export const sessions: readonly Session[] = [quietDay, storm, reconnects, failedSend, twoTabs];
