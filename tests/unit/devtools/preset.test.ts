import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { UnknownAction } from '@reduxjs/toolkit';
import { conversationReceived } from '../../../src/actions/stream';
import { hudhudDevTools } from '../../../src/devtools/preset';
import { createPlayer } from '../../../src/replay/player';
import { readLog } from '../../../src/replay/readLog';
import { connection } from '../../support/exampleData';

const general = '3d1f7a52-9b57-4c0f-8a77-0e3b9d4c2b02';
const log = readLog(new Uint8Array(readFileSync('tests/replay/quiet-day.ndjson')));

const said = (channelIds: readonly string[]) =>
  conversationReceived({
    ...{ stream: 'main', epoch: 1, ordinal: 1, viewerId: null, receivedAt: 1 },
    events: channelIds.map((channelId, i) => ({
      ...{ type: 'message', op: 'create' },
      message: { id: `m${i}`, channelId, content: 'private', metadata: { a: 'private' } },
    })),
  });

function panel(options?: Parameters<typeof hudhudDevTools>[0]) {
  const { actionSanitizer, stateSanitizer, ...rest } = hudhudDevTools(options);
  if (actionSanitizer === undefined || stateSanitizer === undefined) throw new Error('none');
  return {
    ...rest,
    row: (action: UnknownAction) => actionSanitizer(action, 1),
    state: <S>(state: S) => stateSanitizer(state, 0),
  };
}

describe('rows of the panel', () => {
  it('say how much came, and where', () => {
    const { row } = panel();
    expect(row(said(Array<string>(12).fill(general))).type).toBe(
      'stream/conversationReceived ×12 #3d1f7a52',
    );
    for (const { kind, entry } of log.entries) if (kind === 'action') row(entry.a);
    expect(row(said(Array<string>(12).fill(general))).type).toBe(
      'stream/conversationReceived ×12 #general',
    );
    expect(row(said(['a', 'b', 'a'])).type).toBe('stream/conversationReceived ×3 2 channels');
    expect(row(connection('open')).type).toBe('connection/changed open');
  });

  it('are short, and without what people wrote', () => {
    const { row } = panel();
    const action = row(said(Array<string>(12).fill(general)));
    const { events } = action['payload'] as { readonly events: readonly unknown[] };
    expect(events).toHaveLength(4);
    expect(events.at(-1)).toBe('… 9 more');
    expect(events[0]).toMatchObject({
      message: { id: 'm0', content: '[7 characters]', metadata: '[1 fields]' },
    });
    expect(JSON.stringify(panel({ hidesContent: false }).row(said([general])))).toContain(
      'private',
    );
  });

  it('leave actions of others as they are, and what was dispatched', () => {
    const { row } = panel();
    const theirs = { type: 'todos/added', payload: { content: 'mine' } };
    expect(row(theirs)).toBe(theirs);
    const other = { ...said([general]), meta: { hudhud: 'other' } };
    expect(row(other)).toBe(other);
    const action = said([general]);
    const before = structuredClone(action);
    row(action);
    expect(action).toEqual(before);
  });

  it('are made of every action of a day', () => {
    const { row } = panel();
    for (const { kind, entry } of log.entries) {
      if (kind !== 'action') continue;
      const shown = row(entry.a);
      expect(shown.type.startsWith(entry.a.type)).toBe(true);
      expect(JSON.stringify(shown)).not.toMatch(/good morning|lunch/);
    }
  });
});

describe('the state in the panel', () => {
  const player = createPlayer(log);
  player.seek(player.last - 12);
  const { state } = player;

  it('has sizes of histories, and tables as lists', () => {
    const shown = panel().state({ hudhud: state, todos: 1 }) as unknown as {
      readonly hudhud: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
      readonly todos: number;
    };
    expect(shown.todos).toBe(1);
    expect(shown.hudhud['messages']?.[0]).toMatchObject({ channelId: general });
    expect(shown.hudhud['users']?.length).toBeGreaterThan(3);
    const text = JSON.stringify(shown);
    expect(text).not.toMatch(/good morning|lunch/);
    expect(text.length).toBeLessThan(JSON.stringify(state).length / 2);
  });

  it('is the same view for the same state, and nothing of other stores', () => {
    const { state: view } = panel();
    const root = { hudhud: state };
    expect(view(root).hudhud).toBe(view({ ...root }).hudhud);
    const other = { todos: 1 };
    expect(view(other)).toBe(other);
  });
});

it('the preset keeps more than the panel does by itself, and can be told otherwise', () => {
  expect(panel()).toMatchObject({ name: 'Hudhud', maxAge: 200 });
  expect(panel({ name: 'Chat', maxAge: 20 })).toMatchObject({ name: 'Chat', maxAge: 20 });
});
