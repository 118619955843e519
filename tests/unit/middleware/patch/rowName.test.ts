import { expect, it } from '@jest/globals';
import { nameOf } from '../../../../src/middleware/patch/rowName';

it.each<[string, unknown, unknown]>([
  ['a send by what it is known by from the start', { client_id: 'op', message_id: 'm' }, 'op'],
  ['a message before its author and its channel', { messageId: 'm', userId: 'u' }, 'm'],
  ['a member before the channel that it is of', { channel_id: 'c', user_id: 'u' }, 'u'],
  ['a channel', { channelId: 'c' }, 'c'],
  ['a row of the host', { id: 'x' }, 'x'],
  ['what is no row by itself', 'x', 'x'],
  ['nothing by what it does not have', { rows: [] }, undefined],
])('nameOf tells %s', (_, row, name) => {
  expect(nameOf(row)).toBe(name);
});
