import { afterEach, describe, expect, it } from '@jest/globals';
import { configFromEnv, createHudhud } from '../../../src';
import { noop, withGlobals } from '../../support/browserGlobals';

let restore = noop;
const setEnv = (env: Record<string, string>) => {
  restore = withGlobals({ process: { env } });
};
afterEach(() => {
  restore();
});

const streamUrl = 'https://hudhud.example/api/realtime/stream';

describe('configFromEnv', () => {
  it("reads the guide's variables", () => {
    setEnv({
      NEXT_PUBLIC_SSE_URL: streamUrl,
      NEXT_PUBLIC_ENABLE_SSE: 'true',
      NEXT_PUBLIC_SSE_RECONNECT_INTERVAL: '5000',
      NEXT_PUBLIC_SSE_MAX_RECONNECT_ATTEMPTS: '10',
    });
    expect(configFromEnv()).toEqual({
      baseUrl: 'https://hudhud.example/api',
      streamUrl,
      flags: { enableRealtime: true },
      connection: { initialDelayMs: 5_000, maxReconnectAttempts: 10 },
    });
  });

  it('leaves everything to the defaults where nothing is set', () => {
    setEnv({});
    expect(configFromEnv()).toEqual({});
    restore();
    restore = withGlobals({ process: undefined });
    expect(configFromEnv()).toEqual({});
  });

  it('leaves what a host has set itself where nothing is set', () => {
    setEnv({});
    const own = { baseUrl: '/api', connection: { initialDelayMs: 5 } };
    const { connection } = createHudhud({ ...own, ...configFromEnv() }).getConfig();
    expect(connection.initialDelayMs).toBe(5);
  });

  it('switches realtime off', () => {
    setEnv({ NEXT_PUBLIC_ENABLE_SSE: 'false' });
    expect(configFromEnv()).toMatchObject({ flags: { enableRealtime: false } });
  });

  it('prefers a base address that is said, and guesses none from a stream elsewhere', () => {
    setEnv({ NEXT_PUBLIC_SSE_URL: streamUrl, NEXT_PUBLIC_API_BASE_URL: '/api' });
    expect(configFromEnv()).toMatchObject({ baseUrl: '/api', streamUrl });
    restore();
    setEnv({ NEXT_PUBLIC_SSE_URL: 'https://sse.example/events' });
    expect(configFromEnv()).not.toHaveProperty('baseUrl');
  });

  it.each(['', ' ', 'soon', '-1', 'Infinity'])('takes %j for no number', (text) => {
    setEnv({
      NEXT_PUBLIC_SSE_RECONNECT_INTERVAL: text,
      NEXT_PUBLIC_SSE_MAX_RECONNECT_ATTEMPTS: text,
    });
    expect(configFromEnv()).toEqual({});
  });

  it('takes a zero for a zero', () => {
    setEnv({ NEXT_PUBLIC_SSE_MAX_RECONNECT_ATTEMPTS: '0' });
    expect(configFromEnv()).toEqual({ connection: { maxReconnectAttempts: 0 } });
  });
});
