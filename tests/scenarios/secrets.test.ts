import { afterEach, describe, expect, it } from '@jest/globals';
import type { LiftedStore } from '@redux-devtools/instrument';
import { instrument } from '@redux-devtools/instrument';
import type { UnknownAction } from '@reduxjs/toolkit';
import type { ScriptedRequest } from '../../src/testing';
import { createFakeOrigin } from '../../src/testing';
import { noop, withGlobals } from '../support/browserGlobals';
import {
  accessToken,
  ids,
  initFrame,
  me,
  messageFrame,
  refuse,
  row,
  snapshotAnswer,
} from '../support/hudhudAnswers';
import { createHudhudWorld } from '../support/hudhudWorld';

const password = 'pa55-w0rd-of-lina';
const refreshToken = 'r3fresh-t0ken-of-lina';
const secrets = [password, refreshToken, accessToken('first'), accessToken('second')];

/** A store of a page, as far as something may be written to it. */
function createStorage() {
  const written: string[] = [];
  const setItem = (key: string, value: string) => void written.push(key, value);
  return { storage: { setItem, getItem: () => null, removeItem: () => undefined }, written };
}

let restore = noop;
afterEach(() => {
  restore();
});

describe('a whole session (L17)', () => {
  it('leaves no password and no token in state, actions, developer tools, web storage or on disk', async () => {
    const tab = createFakeOrigin().tab();
    const { storage, written } = createStorage();
    restore = withGlobals({ localStorage: storage, sessionStorage: storage });
    let isExpired = false;
    const tokens = (name: string) => ({
      ...{ accessToken: accessToken(name), refreshToken, expiresIn: 900 },
    });
    const guarded = (answer: (request: ScriptedRequest) => void) => (request: ScriptedRequest) => {
      const isOld = request.headers.get('authorization')?.endsWith(accessToken('first'));
      if (isExpired && isOld === true) refuse(401, 'TOKEN_EXPIRED')(request);
      else answer(request);
    };
    const page = guarded((request) => {
      request.json({ success: true, messages: [row(1), row(2)], has_more: false });
    });
    const world = createHudhudWorld({
      withQueries: true,
      enhancer: instrument(),
      tab,
      options: { persistence: { messageText: true } },
      routes: {
        'POST /auth/login': (request) => {
          request.json({ success: true, user: me, tokens: tokens('first') });
        },
        'POST /auth/refresh': (request) => {
          request.json({ success: true, ...tokens('second') });
        },
        'GET /chat/messages': page,
        'GET /workspace/hudhud/general': guarded((request) => {
          request.json(snapshotAnswer());
        }),
        'GET /admin/users': refuse(403),
        'POST /chat/messages': (request) => {
          request.json({ success: true, message: row(3, { user_id: ids.me }) });
        },
      },
    });
    const { hudhud, store, platform } = world;
    const { endpoints } = hudhud.api;
    const states: unknown[] = [];
    world.subscribe(() => states.push(store.getState()));

    const login = hudhud.auth.login({ username: 'lina', password });
    await platform.settle();
    await login;
    hudhud.start();
    await platform.settle();
    await world.push(initFrame(), messageFrame(2));
    const where = { projectSlug: 'hudhud', channelSlug: 'general' };
    void store.dispatch(endpoints.workspace.initiate(where));
    void store.dispatch(endpoints.messages.initiate({ channelId: ids.general }));
    await platform.settle();
    isExpired = true;
    const again = { forceRefetch: true };
    void store.dispatch(endpoints.messages.initiate({ channelId: ids.general }, again));
    void store.dispatch(endpoints.me.initiate());
    void store.dispatch(endpoints.adminUsers.initiate());
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' }));
    await platform.settle();
    expect(world.asked('POST /auth/refresh')).toHaveLength(1);
    expect(hudhud.selectors.selectMessages(store.getState(), ids.general)).toHaveLength(3);
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
    await platform.advance(3_000);
    const disk = JSON.stringify(tab.storage.dump());
    const status = JSON.stringify(hudhud.getStatus());
    const logout = hudhud.auth.logout();
    await platform.settle();
    await logout;
    expect(world.asked('POST /auth/logout')).toHaveLength(1);

    const { liftedStore } = store as unknown as {
      readonly liftedStore: LiftedStore<unknown, UnknownAction, null>;
    };
    const rows = JSON.stringify(liftedStore.getState());
    const places = {
      ...{ status, rows, disk, written: written.join() },
      states: JSON.stringify(states),
      actions: JSON.stringify(world.actions),
      urls: world.server.requests.map(({ url }) => url).join(),
    };
    // what is looked at is what it is meant to be
    expect(places.rows).toContain('hudhudApi/executeQuery/fulfilled');
    expect(places.states).toContain('hello');
    expect(places.disk).toContain('message 1');
    expect(places.actions).toContain('session/ended');
    for (const [place, text] of Object.entries(places)) {
      for (const secret of secrets) expect([place, text.includes(secret)]).toEqual([place, false]);
    }
    // and the requests did carry them
    const sent = world.server.requests.map((request) => request.headers.get('authorization'));
    expect(sent).toContain(`Bearer ${accessToken('second')}`);
  });
});
