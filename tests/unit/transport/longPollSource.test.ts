import { describe, expect, it } from '@jest/globals';

import { createCounters } from '../../../src/platform/counters';
import type { ScriptedRequest } from '../../../src/testing';
import { createFakePlatform, createScriptedServer } from '../../../src/testing';
import { createLongPollSource } from '../../../src/transport/longPollSource';
import { budgetDefaults, createRateBudget } from '../../../src/transport/rateBudget';
import type { SourceHandlers } from '../../../src/transport/source';
import type { StreamEnd } from '../../../src/transport/streamEnd';
import type { StreamAuth } from '../../../src/transport/streamRequest';
import { nothingPending } from '../../support/connectionSetup';

const queryOf = ({ url }: ScriptedRequest) =>
  Object.fromEntries(new URL(url, 'https://x.test').searchParams);
const event = (id: string) => ({ event: 'ping', id, data: {} });

async function setUp(
  given: {
    auth?: StreamAuth;
    lastEventId?: string | null;
    handlers?: Partial<SourceHandlers>;
    answer?: (request: ScriptedRequest) => void;
    windowMs?: number;
    limit?: number;
  } = {},
) {
  const server = createScriptedServer(given.answer);
  const platform = createFakePlatform({ fetch: server.fetch });
  const counters = createCounters();
  const { windowMs, limit } = { ...budgetDefaults, ...given };
  const budget = createRateBudget({ windowMs, limit }, platform.clock);
  const source = createLongPollSource(
    { url: '/api/realtime/poll', auth: given.auth ?? 'header', connectTimeoutMs: 15_000 },
    { ...platform, counters, budget },
  );
  const heard: string[] = [];
  let end: StreamEnd | null = null;
  const poll = source.open(
    { token: 's3cr3t', lastEventId: given.lastEventId ?? null },
    {
      onOpen: () => heard.push('open'),
      onContinuity: (isWhole) => heard.push(isWhole ? 'whole' : 'holes'),
      onFrame: ({ event: name, id }) => heard.push(`${name}#${id}`),
      onId: (id) => heard.push(`id ${id}`),
      onRead: () => heard.push('read'),
      onRetry: () => heard.push('retry'),
      ...given.handlers,
    },
  );
  void poll.done.then((told) => {
    end = told;
  });
  await platform.settle();
  const answer = async (body: Record<string, unknown>, head = {}) => {
    server.last().json({ success: true, ...body }, head);
    await platform.settle();
  };
  return { server, platform, counters, budget, heard, poll, answer, end: () => end };
}

describe('long polling', () => {
  it('opens with a question that is answered at once, then asks and waits, again and again', async () => {
    const { server, heard, answer, poll, platform, end } = await setUp();
    expect(queryOf(server.last())).toEqual({ timeout_ms: '0' });
    expect(server.last().headers.get('Authorization')).toBe('Bearer s3cr3t');
    expect(heard).toEqual([]);
    await answer({ events: [event('1')], cursor: 'c1', continuous: false });
    expect(heard.splice(0)).toEqual(['open', 'holes', 'ping#1', 'id c1', 'read']);
    expect(queryOf(server.last())).toEqual({ cursor: 'c1', timeout_ms: '25000' });
    await platform.advance(25_000);
    await answer({ events: [], cursor: 'c1', continuous: true });
    expect(heard.splice(0)).toEqual(['id c1', 'read']);
    await answer({ events: [event('2'), event('3')], cursor: 'c3', continuous: true });
    expect(heard.splice(0)).toEqual(['ping#2', 'ping#3', 'id c3', 'read']);
    expect(server.requests).toHaveLength(4);
    poll.close();
    await platform.settle();
    expect(end()).toEqual({ kind: 'aborted' });
    expect(server.last().isAborted()).toBe(true);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('goes on where it was, and says whether that is whole', async () => {
    const { server, heard, answer, poll } = await setUp({ lastEventId: 'c7' });
    expect(queryOf(server.last())).toEqual({ cursor: 'c7', timeout_ms: '0' });
    await answer({ events: [event('8')], cursor: 'c8', continuous: true });
    expect(heard).toEqual(['open', 'whole', 'ping#8', 'id c8', 'read']);
    poll.close();
  });

  it('ends where something was lost on the way, and delivers nothing of what comes after it', async () => {
    const { heard, answer, end, platform } = await setUp({ lastEventId: 'c7' });
    await answer({ events: [], cursor: 'c7', continuous: true });
    heard.length = 0;
    await answer({ events: [event('90')], cursor: 'c90', continuous: false });
    expect(end()).toEqual({ kind: 'ended' });
    expect(heard).toEqual([]);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('puts the token into the address only where it is told to', async () => {
    const { server, poll } = await setUp({ auth: 'query', lastEventId: 'c' });
    expect(queryOf(server.last())).toEqual({ cursor: 'c', timeout_ms: '0', token: 's3cr3t' });
    expect(server.last().headers.has('Authorization')).toBe(false);
    poll.close();
  });

  it.each([401, 403, 404, 500])('is refused with status %p', async (status) => {
    const { server, end, platform } = await setUp();
    server.last().json({}, { status });
    await platform.settle();
    expect(end()).toEqual({ kind: 'refused', status, retryAfterMs: null });
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('waits as long as a refusal says', async () => {
    const { server, end, platform } = await setUp();
    server.last().json({}, { status: 429, headers: { 'Retry-After': '40' } });
    await platform.settle();
    expect(end()).toEqual({ kind: 'refused', status: 429, retryAfterMs: 40_000 });
  });

  it.each([
    ['a page', 'text/html', '<html>'],
    ['another answer', 'application/json', '{"hello":1}'],
  ])('is not offered by who answers with %s', async (_name, type, text) => {
    const { server, end, platform } = await setUp();
    server.last().text(text, { headers: { 'Content-Type': type } });
    await platform.settle();
    expect(end()).toEqual({ kind: 'wrong_type', contentType: type });
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('ends without a network, and with a server that never answers', async () => {
    const first = await setUp();
    first.server.last().fail();
    await first.platform.settle();
    expect(first.end()).toEqual({ kind: 'network' });
    const second = await setUp();
    await second.answer({ events: [], cursor: 'c' });
    await second.platform.advance(39_999);
    expect(second.end()).toBeNull();
    await second.platform.advance(1);
    expect(second.end()).toEqual({ kind: 'timeout', waitedFor: 'headers' });
    expect(second.server.last().isAborted()).toBe(true);
    const third = await setUp();
    await third.answer({ events: [], cursor: 'c' });
    third.platform.jumpClock(60_000);
    third.poll.checkLiveness();
    await third.platform.settle();
    expect(third.end()).toMatchObject({ kind: 'timeout' });
  });

  it('delivers nothing after close, not even the rest of an answer', async () => {
    const heard: (string | null)[] = [];
    const world = await setUp({
      handlers: {
        onFrame({ id }) {
          heard.push(id);
          world.poll.close();
        },
        onRead: () => heard.push('read'),
      },
    });
    await world.answer({ events: [event('1'), event('2')], cursor: 'c2' });
    expect(heard).toEqual(['1']);
    expect(world.platform.pending()).toEqual(nothingPending);
  });

  it('survives handlers that throw, and counts them', async () => {
    const { answer, counters, poll, server } = await setUp({
      handlers: {
        onFrame: () => {
          throw new Error('host');
        },
      },
    });
    await answer({ events: [event('1')], cursor: 'c1' });
    expect(counters.snapshot().handlerErrors?.by).toEqual({ onFrame: 1 });
    expect(server.requests).toHaveLength(2);
    poll.close();
  });

  it('keeps its pace where a lot happens: bursts first, then evenly, and never over its part', async () => {
    let n = 0;
    const { server, platform, poll } = await setUp({
      answer: (request) => {
        n += 1;
        request.json({ events: [event(String(n))], cursor: `c${n}`, continuous: true });
      },
    });
    await platform.advance(1_000);
    expect(server.requests.length).toBe(18);
    await platform.advance(15 * 60_000);
    expect(server.requests.length).toBeLessThanOrEqual(75);
    expect(server.requests.length).toBeGreaterThan(65);
    poll.close();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('ends where the budget is used up for long, and says until when', async () => {
    const { budget, answer, end, platform } = await setUp();
    for (let i = 0; i < 80; i += 1) budget.spend('send');
    await answer({ events: [], cursor: 'c' });
    expect(end()).toEqual({ kind: 'no_room', retryAfterMs: 900_000 });
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('waits again where others took the room that it waited for', async () => {
    const { server, budget, answer, poll, platform } = await setUp({ windowMs: 50_000 });
    for (let i = 0; i < 75; i += 1) {
      budget.spend('send');
      await platform.advance(100);
    }
    await answer({ events: [], cursor: 'c' });
    for (let i = 0; i < 5; i += 1) budget.spend('send');
    await platform.advance(42_700);
    expect(server.requests).toHaveLength(1);
    await platform.advance(1_000);
    expect(server.requests).toHaveLength(2);
    poll.close();
    await platform.settle();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('says nothing of the token in its log', async () => {
    const { server, platform } = await setUp();
    server.last().fail();
    await platform.settle();
    expect(platform.logged).toHaveLength(1);
    expect(JSON.stringify(platform.logged)).not.toContain('s3cr3t');
  });
});

it('a server that has nothing to tell and does not wait is asked once a second, whatever the limit is', async () => {
  let n = 0;
  const { server, platform, poll } = await setUp({
    limit: Infinity,
    answer: (request) => {
      n += 1;
      // one that was let loose would never come to an end
      if (n < 200) request.json({ success: true, events: [], cursor: 'c1' });
    },
  });
  await platform.advance(10_000);
  expect(server.requests.length).toBeGreaterThan(5);
  expect(server.requests.length).toBeLessThan(15);
  poll.close();
  await platform.settle();
  expect(platform.pending()).toEqual(nothingPending);
});
