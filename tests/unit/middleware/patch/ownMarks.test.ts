import { describe, expect, it } from '@jest/globals';
import { pendingIdsOf, unmarked } from '../../../../src/middleware/patch/ownMarks';
import { emptyOutbox } from '../../../../src/state/outboxState';
import { frozen } from '../../../support/frozen';

const plain = { message_id: 'm1', content: 'one' };
const edited = { message_id: 'm2', content: 'wish', status: 'sending' };
const sent = { message_id: 'm3', client_id: 'c3', content: 'three', status: 'acknowledged' };
const unsent = { message_id: 'c4', client_id: 'c4', content: 'four', status: 'failed' };

describe('rows that we wrote', () => {
  it('stay without their mark where they have an id, and are no facts', () => {
    const list = frozen([plain, edited, sent, unsent]);
    expect(unmarked({ messages: list, has_more: true })).toEqual({
      data: {
        messages: [
          plain,
          { message_id: 'm2', content: 'wish' },
          { message_id: 'm3', client_id: 'c3', content: 'three' },
        ],
        has_more: true,
      },
      news: { messages: [plain], has_more: true },
      hasHoles: true,
    });
  });

  it('leave no hole where they were never sent', () => {
    expect(unmarked([plain, unsent])).toEqual({ data: [plain], news: [plain], hasHoles: false });
  });

  it('are no facts on their own either', () => {
    expect(unmarked({ message: edited })).toEqual({
      data: { message: { message_id: 'm2', content: 'wish' } },
      news: { message: null },
      hasHoles: true,
    });
    expect(unmarked({ message: unsent })).toEqual({
      data: { message: unsent },
      news: { message: null },
      hasHoles: false,
    });
  });

  it('are told by what is pending on them where they have a shape of the host’s own', () => {
    const pending = { known: new Set(['m2']), unsent: new Set(['c4']) };
    const [one, two, four] = frozen([
      { id: 'm1' },
      { id: 'm2', status: 'read' },
      { key: 'c4', n: 4 },
    ]);
    expect(unmarked({ rows: [one, two, four] }, pending)).toEqual({
      ...{ data: { rows: [one, two] }, news: { rows: [one] }, hasHoles: true },
    });
    expect(unmarked([one, four], pending)).toEqual({ data: [one], news: [one], hasHoles: false });
    expect(unmarked({ message: two }, pending)).toEqual({
      ...{ data: { message: two }, news: { message: null }, hasHoles: true },
    });
  });

  it.each([
    ['a list', frozen([plain, { ...plain, client_id: 'c1' }])],
    ['an object', frozen({ a: { b: [plain] }, c: null })],
    ['people, who have a status too', frozen([{ user_id: 'u', status: 'online' }])],
    ['a status of somebody else', frozen([{ ...plain, status: 'read' }])],
    ['a status like a name of all objects', frozen([{ ...plain, status: 'constructor' }])],
    ['nothing', null],
  ])('%s without them is itself', (_name, value) => {
    const { data, news, hasHoles } = unmarked(value);
    expect(data).toBe(value);
    expect(news).toBe(value);
    expect(hasHoles).toBe(false);
  });
});

describe('pendingIdsOf', () => {
  it('are of messages that something is pending on, and of sends by what they are called until they have an id', () => {
    const operation = (kind: string, name: string) => ({ kind, opId: name, target: name });
    const operations = [
      ...['c1', 'c2'].map((opId) => operation('send', opId)),
      ...[
        operation('edit', 'm5'),
        operation('react', 'c1'),
        operation('react', 'c2'),
        operation('read', 'm9'),
      ],
    ] as never;
    const aliases = [{ clientId: 'c1', messageId: 'm1' }];
    const channels = [{ channelId: 'general', operations }];
    expect(pendingIdsOf({ ...emptyOutbox, channels, aliases })).toEqual({
      ...{ known: new Set(['m1', 'm5']), unsent: new Set(['c2']) },
    });
  });
});
