import { describe, expect, it } from '@jest/globals';
import type { HudhudOptions } from '../../../src';
import {
  createCachePatcher,
  createHudhud,
  createHudhudStore,
  defaultFlags,
  hudhudCheckOptions,
  messageById,
  messageList,
} from '../../../src';
import { resolveOptions } from '../../../src/store/options';
import { thrownBy } from '../../support/decoding';
import { createHostApi } from '../../support/hostApi';

const wrong: readonly (readonly [string, unknown])[] = [
  ['baseUrl', { baseUrl: '' }],
  ['baseUrl', { baseUrl: undefined }],
  ['baseUrl', { baseUrl: 7 }],
  ['streamUrl', { streamUrl: '' }],
  ['pollUrl', { pollUrl: '' }],
  ['socketUrl', { socketUrl: '' }],
  ['reducerPath', { reducerPath: '' }],
  ['maxUploadBytes', { maxUploadBytes: 0 }],
  ['maxUploadBytes', { maxUploadBytes: NaN }],
  ['maxUploadBytes', { maxUploadBytes: '10 MB' }],
  ['pageSize', { pageSize: 0 }],
  ['pageSize', { pageSize: 201 }],
  ['pageSize', { pageSize: 2.5 }],
  ['pageSize', { pageSize: '50' }],
  ['maxMessagesPerChannel', { maxMessagesPerChannel: 199 }],
  ['maxMessagesPerChannel', { maxMessagesPerChannel: Infinity }],
  ['maxChannelsHeld', { maxChannelsHeld: 0 }],
  ['staleReadToleranceMs', { staleReadToleranceMs: -1 }],
  ['staleReadToleranceMs', { staleReadToleranceMs: NaN }],
  ['staleReadToleranceMs', { staleReadToleranceMs: Infinity }],
  ['connection.sources', { connection: { sources: [] } }],
  ['connection.sources', { connection: { sources: ['sse', 'carrierPigeon'] } }],
  ['connection.initialDelayMs', { connection: { initialDelayMs: -1 } }],
  ['connection.maxReconnectAttempts', { connection: { maxReconnectAttempts: NaN } }],
  ['connection.idleTimeoutMs', { connection: { idleTimeoutMs: '75000' } }],
];

describe('options', () => {
  it.each(wrong)('%s: %j is refused with the option at fault', (field, part) => {
    const options = { baseUrl: '/api', ...(part as Partial<HudhudOptions>) };
    for (const make of [createHudhud, createHudhudStore]) {
      const error = thrownBy(() => make(options));
      expect(error).toMatchObject({ code: 'INVALID_OPTION', data: { field } });
      expect(error.message).toContain(field);
    }
  });

  it('give each endpoint of an api one patcher', () => {
    const { api } = createHostApi();
    const channelId = () => 'c1';
    const one = createCachePatcher(api, [messageList({ endpoint: 'getMessages', channelId })]);
    const two = createCachePatcher(api, [
      messageList({ endpoint: 'getOpenMessages', channelId }),
      messageList({ endpoint: 'getMessages', channelId }),
    ]);
    const rest = createCachePatcher(api, [messageById({ endpoint: 'getMessage' })]);
    const other = createHostApi('otherApi' as 'hostApi');
    const elsewhere = createCachePatcher(other.api, [
      messageList({ endpoint: 'getMessages', channelId }),
    ]);
    const make = (cachePatchers: HudhudOptions['cachePatchers'] = []) =>
      createHudhud({ baseUrl: '/api', cachePatchers });
    const error = thrownBy(() => make([one, rest, two]));
    expect(error).toMatchObject({ code: 'INVALID_OPTION', data: { field: 'cachePatchers' } });
    expect(error.message).toContain('"getMessages"');
    expect(() => make([one, rest, elsewhere])).not.toThrow();
  });

  it('have defaults for all but the base address', () => {
    expect(resolveOptions({ baseUrl: '/api/' })).toMatchObject({
      baseUrl: '/api/',
      streamUrls: {
        sse: '/api/realtime/stream',
        longPoll: '/api/realtime/poll',
        webSocket: '/api/realtime/ws',
      },
      reducerPath: 'hudhud',
      tokens: null,
      flags: defaultFlags,
      connection: {},
      maxUploadBytes: 10_485_760,
      pageSize: 50,
      staleReadToleranceMs: 5_000,
      onNotification: null,
      exposeStatus: true,
      sampleMetrics: false,
    });
  });

  it('take what is said, a limit that never ends too', () => {
    const connection = { maxReconnectAttempts: Infinity, idleTimeoutMs: 0 };
    const resolved = resolveOptions({
      baseUrl: '/api',
      streamUrl: '/events',
      pollUrl: '/poll',
      socketUrl: '/socket',
      flags: { enablePresence: false },
      connection,
    });
    const streamUrls = { sse: '/events', longPoll: '/poll', webSocket: '/socket' };
    expect(resolved).toMatchObject({ streamUrls, connection });
    expect(resolved.flags).toEqual({ ...defaultFlags, enablePresence: false });
  });
});

describe('hudhudCheckOptions', () => {
  it("leaves out this package's state, wherever it is mounted", () => {
    expect(hudhudCheckOptions()).toEqual({
      serializableCheck: { ignoredPaths: ['hudhud'] },
      immutableCheck: { ignoredPaths: ['hudhud'] },
    });
    expect(hudhudCheckOptions('chat').immutableCheck.ignoredPaths).toEqual(['chat']);
  });
});
