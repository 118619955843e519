import { describe, expect, it } from '@jest/globals';
import { unmarked } from '../../../../src/middleware/patch/ownMarks';
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
