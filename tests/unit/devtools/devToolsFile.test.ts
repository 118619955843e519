import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { LiftedState, LiftedStore } from '@redux-devtools/instrument';
import { ActionCreators, instrument } from '@redux-devtools/instrument';
import type { UnknownAction } from '@reduxjs/toolkit';
import { configureStore } from '@reduxjs/toolkit';
import type { DevToolsForm } from '../../../src/devtools';
import { exportDevTools, hudhudDevTools, importDevTools } from '../../../src/devtools';
import { run } from '../../../src/replay/cli/run';
import { createPlayer } from '../../../src/replay/player';
import type { Log } from '../../../src/replay/readLog';
import { readLog } from '../../../src/replay/readLog';
import { createRootReducer } from '../../../src/state/rootReducer';
import { codeOf } from '../../support/codeOf';

const folder = mkdtempSync(join(tmpdir(), 'hudhud-'));
const logs = 'tests/replay';
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function cli(...args: string[]): Promise<string> {
  let said = '';
  const tell = (text: string) => (said += text);
  async function* stdin() {
    await Promise.resolve();
    yield* [];
  }
  const code = await run(['replay', ...args], {
    out: tell,
    err: tell,
    isWatched: false,
    env: {},
    onInterrupt: () => () => undefined,
    stdin: stdin(),
  });
  if (code !== 0) throw new Error(`${code}: ${said}`);
  return said;
}

/** A store with the chat, as the extension instruments it. */
function instrumented() {
  const reducer = { hudhud: createRootReducer('hudhud') };
  const store = configureStore({
    reducer,
    middleware: (getDefault) => getDefault({ serializableCheck: false, immutableCheck: false }),
    devTools: false,
    enhancers: (getDefault) => getDefault().concat(instrument()),
  });
  const { liftedStore } = store as unknown as {
    readonly liftedStore: LiftedStore<unknown, UnknownAction, null>;
  };
  return { store, liftedStore };
}

/** Imports a file as the extension does. */
function imported(text: string) {
  const { store, liftedStore } = instrumented();
  const file = JSON.parse(text) as {
    readonly payload?: string;
    readonly preloadedState?: string;
  };
  if (file.payload === undefined) {
    liftedStore.dispatch(
      ActionCreators.importState(file as unknown as LiftedState<unknown, UnknownAction, null>),
    );
  } else {
    liftedStore.dispatch({
      ...ActionCreators.importState(JSON.parse(file.payload) as never),
      preloadedState: JSON.parse(file.preloadedState ?? 'null') as unknown,
    } as never);
  }
  return { store, liftedStore };
}

/** What the extension writes into a file, in both of its forms. */
function exported({ liftedStore }: ReturnType<typeof instrumented>, form: DevToolsForm): string {
  const lifted = liftedStore.getState();
  if (form === 'lifted') return JSON.stringify(lifted);
  const actions = lifted.stagedActionIds.slice(1).map((id) => lifted.actionsById[id]?.action);
  return JSON.stringify({
    payload: JSON.stringify(actions),
    preloadedState: JSON.stringify(lifted.committedState),
  });
}

function lastState(log: Log): Readonly<Record<string, unknown>> {
  const player = createPlayer(log);
  expect(player.verify()).toEqual([]);
  player.seek(player.last);
  return player.state;
}

const logOf = (path: string): Log => readLog(new Uint8Array(readFileSync(path)));
const actionsOf = ({ entries }: Log): readonly UnknownAction[] =>
  entries.flatMap(({ kind, entry }) => (kind === 'action' ? [entry.a] : []));

describe.each<DevToolsForm>(['actions', 'lifted'])('the form "%s"', (form) => {
  const flags = form === 'lifted' ? ['--lifted'] : [];

  it.each(['quiet-day', 'failed-send', 'quiet-day.redacted'])(
    'takes the log %s to the panel and back',
    async (name) => {
      const original = logOf(`${logs}/${name}.ndjson`);
      const file = join(folder, `${name}.${form}.json`);
      await cli('to-devtools', `${logs}/${name}.ndjson`, '-o', file, ...flags);
      const panel = imported(readFileSync(file, 'utf8'));
      expect(panel.store.getState().hudhud).toEqual(lastState(original));

      const back = join(folder, `${name}.${form}.back.json`);
      writeFileSync(back, exported(panel, form));
      await cli('from-devtools', back, '-o', `${back}.ndjson.gz`);
      await cli('verify', `${back}.ndjson.gz`);
      const again = readLog(await cli('from-devtools', back));
      expect(actionsOf(again)).toEqual(actionsOf(original));
      expect(lastState(again)).toEqual(lastState(original));
    },
  );

  it('is read as it was written', () => {
    const actions = [
      { a: { type: 'a', n: 1 }, at: form === 'lifted' ? 5 : null },
      { a: { type: 'b' }, at: form === 'lifted' ? 9 : null },
    ];
    for (const state of [null, { hudhud: { notices: [] }, todos: 1 }]) {
      const history = { state, actions };
      expect(importDevTools(exportDevTools(history, form))).toEqual(history);
    }
  });
});

it('the lifted form keeps the times, and leaves out what was skipped', async () => {
  const file = join(folder, 'times.json');
  const name = `${logs}/quiet-day.ndjson`;
  await cli('to-devtools', name, '-o', file, '--lifted');
  const original = logOf(name);
  const times = importDevTools(readFileSync(file, 'utf8')).actions.map(({ at }) => at);
  const first = original.header.startedAt;
  expect(times).toEqual(
    original.entries.flatMap(({ kind, entry }) => (kind === 'action' ? [first + entry.t] : [])),
  );
  const panel = imported(readFileSync(file, 'utf8'));
  panel.liftedStore.dispatch(ActionCreators.toggleAction(3));
  const skipped = importDevTools(exported(panel, 'lifted'));
  expect(skipped.actions).toHaveLength(times.length - 1);
});

it('a file of a panel that showed views of states is told as that', async () => {
  const log = logOf(`${logs}/quiet-day.ndjson`);
  const player = createPlayer(log);
  player.seek(40);
  const shown = hudhudDevTools().stateSanitizer?.({ hudhud: player.state }, 0);
  const actions = actionsOf(log).slice(40);
  const file = join(folder, 'views.json');
  const history = { state: { ...shown }, actions: actions.map((a) => ({ a, at: null })) };
  writeFileSync(file, exportDevTools(history));
  await expect(cli('from-devtools', file)).rejects.toThrow(
    /^2: .*Action \d+, [\w/]+, cannot be applied: the state before it is none/s,
  );
});

describe('what is no such file', () => {
  it.each([
    'hello',
    '[]',
    '{}',
    '{"payload":"{}"}',
    '{"payload":"[1]"}',
    '{"payload":"[{}]"}',
    '{"actionsById":{}}',
    '{"actionsById":{},"stagedActionIds":[0,1]}',
  ])('%s is refused', (text) => {
    expect(codeOf(() => importDevTools(text))).toEqual({ code: 'LOG_INVALID' });
  });
});
