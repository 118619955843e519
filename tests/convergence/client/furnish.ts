import type { VirtualTime } from '../../../src/testing';
import { ids } from '../../support/hudhudAnswers';
import type { ChatServer, StoredMessage } from '../server/chatServer';
import { isRefusal } from '../server/chatServer';

/** What was written before the client came: two channels, a thread, three people. */
export function furnish(server: ChatServer, time: Pick<VirtualTime, 'jumpClock'>): void {
  const write = (
    userId: string,
    channelId: string,
    content: string,
    parentId: string | null = null,
  ): StoredMessage => {
    time.jumpClock(60_000);
    const by = { userId, device: 'elsewhere' } as const;
    const made = server.create(by, { channelId, parentId, content, nonce: null });
    if (isRefusal(made)) throw new Error('The first messages are refused.');
    return made;
  };
  const { me, omar, sara, general, random } = ids;
  write(omar, general, 'good morning');
  write(me, general, 'hello');
  const root = write(sara, general, 'who reviews the plan?');
  write(omar, general, 'I do', root.id);
  write(me, general, 'ok', root.id);
  write(omar, general, 'lunch?');
  write(me, general, 'ok');
  write(sara, random, 'a photo of a hoopoe');
  write(me, random, 'ok');
}
