import { describe, expect, it } from '@jest/globals';

import { nothingPending } from '../../support/connectionSetup';
import { setUpEventStream } from '../../support/eventStreamSetup';

describe('close', () => {
  it('is silent from then on, inside of a chunk too', async () => {
    const seen: string[] = [];
    const { server, platform, stream, all } = await setUpEventStream({
      handlers: {
        onEvent({ data }) {
          seen.push(data);
          if (data === '2') stream.close();
        },
      },
    });
    const body = server.last().stream();
    body.push('data: 1\n\ndata: 2\n\n: c\nretry: 5\nid: 9\ndata: 3\n\n');
    body.push('data: 4\n\n');
    body.end();
    await platform.advance(60_000);
    expect(seen).toEqual(['1', '2']);
    expect(all).toEqual(['open 200']);
    expect(server.requests).toHaveLength(1);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('in onOpen lets nothing through', async () => {
    const { server, platform, stream, all } = await setUpEventStream({
      handlers: {
        onOpen() {
          stream.close();
        },
      },
    });
    server.last().stream().push('data: 1\n\n');
    await platform.advance(60_000);
    expect(all).toEqual([]);
    expect(server.openBodies()).toBe(0);
  });

  it('in onComment lets nothing through', async () => {
    const { server, platform, stream, all } = await setUpEventStream({
      handlers: {
        onComment() {
          stream.close();
        },
      },
    });
    server.last().stream().push(': c\ndata: 1\n\n: d\n');
    await platform.settle();
    expect(all).toEqual(['open 200']);
  });

  it.each(['onError', 'onRetry'] as const)('in %s is followed by no try', async (name) => {
    const { server, platform, stream, all } = await setUpEventStream({
      handlers: {
        [name]() {
          stream.close();
        },
      },
    });
    server.last().fail();
    await platform.advance(60_000);
    expect(all).toEqual(name === 'onError' ? [] : ['error NETWORK']);
    expect(server.requests).toHaveLength(1);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('aborts what is on its way: a request, a token, a wait', async () => {
    const asking = await setUpEventStream();
    asking.stream.close();
    expect(asking.server.last().isAborted()).toBe(true);
    expect(asking.platform.pending()).toEqual(nothingPending);

    let give: (token: string) => void = () => undefined;
    const withoutToken = await setUpEventStream({
      auth: { getToken: () => new Promise((resolve) => (give = resolve)) },
    });
    withoutToken.stream.close();
    give('late');
    await withoutToken.platform.settle();
    expect(withoutToken.server.requests).toEqual([]);
    expect(withoutToken.platform.pending()).toEqual(nothingPending);

    const waiting = await setUpEventStream();
    waiting.server.last().fail();
    await waiting.platform.settle();
    waiting.stream.close();
    await waiting.platform.advance(60_000);
    expect(waiting.server.requests).toHaveLength(1);
    expect(waiting.platform.pending()).toEqual(nothingPending);
  });

  it('may come again, and after the end', async () => {
    const { server, platform, stream, all } = await setUpEventStream();
    server.last().text('', { status: 404 });
    await platform.settle();
    stream.close();
    stream.close();
    await platform.settle();
    expect(all).toEqual(['fatal STREAM_REFUSED 404']);
  });

  it('by a fetch of the host itself stops the try that it is asked for', async () => {
    let isClosing = false;
    let signal: AbortSignal | null | undefined;
    const setup = await setUpEventStream({
      fetch(_url, init) {
        signal = init?.signal;
        if (isClosing) setup.stream.close();
        return isClosing ? new Promise(() => undefined) : Promise.reject(new TypeError('no'));
      },
    });
    isClosing = true;
    // long enough for the next try, and not for its time-outs
    await setup.platform.advance(1_000);
    expect(signal?.aborted).toBe(true);
    expect(setup.platform.pending()).toEqual(nothingPending);
  });
});

describe('handlers that fail', () => {
  it('disturb nothing, and what they threw is told', async () => {
    const failing = (name: string) => () => {
      throw new Error(name);
    };
    const seen: string[] = [];
    const { server, platform, reported } = await setUpEventStream({
      handlers: {
        onOpen: failing('onOpen'),
        onEvent({ data }) {
          seen.push(data);
          throw new Error('onEvent');
        },
        onError: failing('onError'),
        onRetry: failing('onRetry'),
        onComment: failing('onComment'),
      },
    });
    const body = server.last().stream();
    body.push('id: 1\ndata: a\n\n: c\ndata: b\n\n');
    body.end();
    await platform.advance(1_000);
    expect(seen).toEqual(['a', 'b']);
    expect(reported.map((error) => (error as Error).message)).toEqual([
      'onOpen',
      'onEvent',
      'onComment',
      'onEvent',
      'onError',
      'onRetry',
    ]);
    expect(server.requests).toHaveLength(2);
    expect(server.last().headers.get('Last-Event-ID')).toBe('1');
  });

  it('later, by a promise, disturb nothing either', async () => {
    const { server, platform, reported } = await setUpEventStream({
      handlers: {
        onEvent: (): unknown => Promise.reject(new Error('later')),
      },
    });
    server.last().stream().push('data: a\n\n');
    await platform.settle();
    expect(reported).toEqual([new Error('later')]);
  });

  it('keep their object', async () => {
    const handlers = {
      seen: [] as string[],
      onEvent({ data }: { readonly data: string }) {
        this.seen.push(data);
      },
    };
    const { server, platform } = await setUpEventStream({ handlers });
    server.last().stream().push('data: a\n\n');
    await platform.settle();
    expect(handlers.seen).toEqual(['a']);
  });
});
