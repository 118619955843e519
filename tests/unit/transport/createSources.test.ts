import { describe, expect, it } from '@jest/globals';

import { createCounters } from '../../../src/platform/counters';
import type { SourceName } from '../../../src/protocol/connectionStatus';
import { createFakePlatform, createScriptedServer } from '../../../src/testing';
import { connectionDefaults } from '../../../src/transport/connectionOptions';
import { createSources } from '../../../src/transport/createSources';
import { budgetDefaults, createRateBudget } from '../../../src/transport/rateBudget';

const urls = { sse: '/stream', longPoll: '/poll', webSocket: '/socket' };
const deaf = {
  ...{ onOpen: () => undefined, onContinuity: () => undefined, onId: () => undefined },
  ...{ onFrame: () => undefined, onRead: () => undefined, onRetry: () => undefined },
};

function setUp(names: readonly SourceName[]) {
  const server = createScriptedServer();
  const sockets: string[] = [];
  const platform = createFakePlatform({
    fetch: server.fetch,
    openSocket(url) {
      sockets.push(url);
      return null;
    },
  });
  const budget = createRateBudget(budgetDefaults, platform.clock);
  const ports = { ...platform, counters: createCounters(), budget };
  const sources = createSources(names, urls, connectionDefaults, ports);
  return { server, sockets, platform, budget, sources };
}

describe('sources', () => {
  it('stand in the order in which they are named', () => {
    const names = ['webSocket', 'longPoll', 'sse'] as const;
    expect(setUp(names).sources.map(({ name }) => name)).toEqual(names);
  });

  it('are server-sent events where none is named', () => {
    expect(setUp([]).sources.map(({ name }) => name)).toEqual(['sse']);
  });

  it.each<[SourceName, string, boolean]>([
    ['sse', '/stream', false],
    ['longPoll', '/poll?timeout_ms=0', true],
    ['webSocket', '/socket', false],
  ])('of the way %s ask at %s, and count in the budget', async (name, address, isPoll) => {
    const { server, sockets, platform, budget, sources } = setUp([name]);
    const opened = sources[0].open({ token: 't', lastEventId: null }, deaf);
    await platform.settle();
    expect([...server.requests.map(({ url }) => url), ...sockets]).toEqual([address]);
    expect(budget.news().spent.map((spent) => spent.isPoll)).toEqual([isPoll]);
    opened.close();
  });
});
