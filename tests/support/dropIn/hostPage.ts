import { jest } from '@jest/globals';
import { act } from '@testing-library/react';
import type { FakePlatform, ScriptedBody, ScriptedRequest } from '../../../src/testing';
import { createFakePlatform, createScriptedServer } from '../../../src/testing';
import { grant, ids, initFrame, me, row, success } from '../hudhudAnswers';
import type { Routes } from '../hudhudWorld';
import { routeOf, streamRoute } from '../hudhudWorld';
import type { App } from './app/makeStore';
import { makeStore } from './app/makeStore';

/** The guide's app on a page: what it and the layer ask for comes to one scripted server, in one time. */
export interface HostPage {
  readonly app: App;
  readonly platform: FakePlatform;
  readonly stream: () => ScriptedBody;
  /** Requests to a path, oldest first. */
  readonly asked: (route: string) => readonly ScriptedRequest[];
  /** Lets everything happen that is due, and a picture be drawn. */
  readonly settle: () => Promise<void>;
  /** Sends frames on the newest stream. */
  readonly push: (...frames: readonly string[]) => Promise<void>;
}

/** A page resolves addresses against its own; Node's `Request` has none. */
class PageRequest extends Request {
  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(typeof input === 'string' ? new URL(input, location.href) : input, init);
  }
}

const channelsRoute = 'GET /chat/channels';
export const messagesRoute = 'GET /chat/messages';

const channelRows = [
  { channel_id: ids.general, name: 'general', slug: 'general', unread_count: 0 },
  { channel_id: ids.random, name: 'random', slug: 'random', unread_count: 0 },
];

export function openHostPage(given: Routes = {}): HostPage {
  const streams: ScriptedBody[] = [];
  const routes: Routes = {
    'POST /auth/login': (request) => {
      request.json({ success: true, user: me, tokens: grant() });
    },
    'POST /auth/logout': success,
    [channelsRoute]: (request) => {
      request.json({ success: true, channels: channelRows });
    },
    [messagesRoute]: (request) => {
      request.json({ success: true, messages: [row(1), row(2)], has_more: false });
    },
    'POST /chat/messages': () => undefined,
    ...given,
  };
  const server = createScriptedServer((request) => {
    const route = routes[routeOf(request)];
    if (route !== undefined) route(request);
    else if (routeOf(request).startsWith(streamRoute)) streams.push(request.stream());
    else request.json({ success: false, error: { code: 'NOT_FOUND' } }, { status: 404 });
  });
  const platform = createFakePlatform({ fetch: server.fetch });
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    if (!(input instanceof Request)) return server.fetch(String(input), init);
    const { url, method, headers, signal } = input;
    return server.fetch(url, { method, headers, signal });
  });
  globalThis.Request = PageRequest;
  // the store's own frames are the world's
  jest.spyOn(window, 'requestAnimationFrame').mockImplementation((run) => {
    platform.scheduler.nextFrame(() => {
      run(0);
    });
    return 0;
  });
  const app = makeStore({ platform });
  const stream = () => {
    const newest = streams.at(-1);
    if (newest === undefined) throw new Error('No stream was opened yet.');
    return newest;
  };
  const settle = () => act(() => platform.advance(20));
  return {
    ...{ app, platform, stream, settle },
    asked: (route) => server.requests.filter((request) => routeOf(request) === route),
    async push(...frames) {
      for (const frame of frames) stream().push(frame);
      await settle();
    },
  };
}

/** The stream's first word. */
export const hello: string = initFrame();
