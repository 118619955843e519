import { describe, expect, it } from '@jest/globals';
import { createRecorder } from '../../src/replay/recorder';
import type { RecorderOptions } from '../../src/replay/recorderOptions';
import { getDiagnostics } from '../../src/replay/diagnostics';
import { createPlayer } from '../../src/replay/player';
import { readLog } from '../../src/replay/readLog';
import { accessToken, ids, messageFrame, typingFrame } from '../support/hudhudAnswers';
import { createHudhudWorld, enter } from '../support/hudhudWorld';

const words = ['heron at noon', 'omar', 'lina', 'swan.pdf', 'otter', 'p4ssw0rd', 'eyJ', 'Bearer'];

/** A session in which people say and send things, and in which much goes wrong. */
async function session(options: RecorderOptions = {}) {
  const recorder = createRecorder(options);
  const world = createHudhudWorld({
    last: recorder.middleware,
    options: { streamUrl: 'https://otter:p4ssw0rd@hudhud.test/api/realtime/stream?token=otter' },
  });
  recorder.start();
  await enter(world);
  await world.push(
    messageFrame(1, { content: 'the heron at noon' }),
    messageFrame(2, { metadata: { otter: 'otter' }, files: [{ name: 'swan.pdf' }] }),
    messageFrame(3, { created_at: 'heron at noon', username: 'lina' }),
    typingFrame(ids.omar),
    'event: heron at noon\ndata: {"otter":"heron at noon"}\n\n',
    'data: heron at noon\n\n',
    `event: channel_message\ndata: {"action":"${accessToken()}","heron at noon":1}\n\n`,
  );
  const { actions } = world.hudhud;
  world.store.dispatch(
    actions.sendMessage({ channelId: ids.general, content: 'otter, heron at noon' }),
  );
  world.hudhud.subscribe('typing', () => {
    throw new Error('heron at noon');
  });
  await world.push(typingFrame(ids.omar));
  await world.platform.settle();
  return { ...world, recorder };
}

describe('diagnostics', () => {
  it('tell no token, no text and no name', async () => {
    const { hudhud, recorder, store } = await session();
    const text = JSON.stringify(getDiagnostics({ hudhud, recorder, at: 1 }));
    // what is looked for was there
    const state = JSON.stringify(store.getState());
    for (const word of ['heron at noon', 'omar', 'lina', 'otter']) expect(state).toContain(word);
    for (const word of words) expect([word, text.includes(word)]).toEqual([word, false]);
  });

  it('have what a report needs, and a recording that can be played', async () => {
    const { hudhud, recorder } = await session();
    const told = getDiagnostics({ hudhud, recorder, at: 1 });
    expect(told).toMatchObject({
      at: 1,
      config: {
        baseUrl: 'https://hudhud.test/api',
        streamUrl: 'https://hudhud.test/api/realtime/stream',
        hasOwnTokens: false,
        flags: { enableRealtime: true },
        limits: { pageSize: 50 },
      },
      connectionStatus: 'connected',
      counters: { rejections: { by: { invalid_json: 1 } } },
      metrics: { activeConnections: 1 },
      recorder: { isRecording: true, failures: 0 },
      recordingGap: null,
    });
    expect(told.rejected.length).toBeGreaterThanOrEqual(3);
    const log = readLog(told.recording ?? '');
    expect(log.end.actions).toBeGreaterThan(5);
    expect(createPlayer(log).verify()).toEqual([]);
    expect(JSON.parse(JSON.stringify(told))).toEqual(told);
  });

  it('have no recording of a recorder that keeps texts, nor where there is none', async () => {
    const { hudhud, recorder } = await session({ redaction: 'none' });
    const told = getDiagnostics({ hudhud, recorder });
    expect(told).toMatchObject({ recording: null, recordingGap: 'not_redacted' });
    expect(JSON.stringify(told)).not.toContain('heron');
    expect(getDiagnostics({ hudhud })).toMatchObject({
      ...{ recording: null, recordingGap: 'none', recorder: null },
    });
  });

  it.each([
    'https://otter:p4ssw0rd@hudhud.test/api/realtime/stream',
    'https://otter:p4ss@p4ssw0rd@hudhud.test/api/realtime/stream',
    ' https://otter:p4ssw0rd@hudhud.test/api/realtime/stream#p4ssw0rd',
  ])('name no password of the address %s', (streamUrl) => {
    const { hudhud } = createHudhudWorld({ options: { streamUrl } });
    expect(hudhud.getConfig().streamUrl).toBe('https://hudhud.test/api/realtime/stream');
  });

  it('name a field at fault, unless its name was written by somebody', async () => {
    const { hudhud } = await session();
    const frame = { reason: 'invalid_field', eventType: null, size: 9, sample: 'heron' } as const;
    const quarantine = ['created_at', 'metadata.heron at noon'].map((path) => ({ ...frame, path }));
    const told = getDiagnostics({
      hudhud: {
        getConfig: () => hudhud.getConfig(),
        getStatus: () => ({ ...hudhud.getStatus(), quarantine }),
      },
    });
    expect(told.rejected).toEqual([
      { reason: 'invalid_field', size: 9, path: 'created_at' },
      { reason: 'invalid_field', size: 9, path: null },
    ]);
  });
});
