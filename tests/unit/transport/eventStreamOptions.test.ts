import { afterEach, describe, expect, it } from '@jest/globals';

import { isHudhudError } from '../../../src/errors';
import { connectionDefaults } from '../../../src/transport/connectionOptions';
import type { EventStreamOptions } from '../../../src/transport/eventStreamOptions';
import { eventStreamDefaults, toTuning } from '../../../src/transport/eventStreamOptions';
import { codeOf } from '../../support/codeOf';

const url = 'https://host.test/stream';

describe('the options of a stream', () => {
  it('have the defaults of a connection, but for where the two differ on purpose', () => {
    const { resetAfterMs, maxFrameBytes, lastEventId, jitter, ...same } = eventStreamDefaults;
    expect(connectionDefaults).toMatchObject(same);
    expect({ resetAfterMs, maxFrameBytes, lastEventId, jitter }).toEqual({
      resetAfterMs: 0,
      maxFrameBytes: 16 * 1_048_576,
      lastEventId: '',
      jitter: 1,
    });
    const { url: told, auth, headers, fetch, ...rest } = toTuning(url, {});
    expect({ told, auth, headers, fetch: typeof fetch }).toEqual({
      ...{ told: url, auth: null, headers: {}, fetch: 'function' },
    });
    expect(rest).toEqual(eventStreamDefaults);
  });

  it('that are undefined or null are as if they were missing', () => {
    const none = { headers: undefined, lastEventId: null, jitter: undefined, auth: undefined };
    expect(toTuning(url, none as unknown as EventStreamOptions)).toEqual(toTuning(url, {}));
  });

  it('may be at their edges', () => {
    const edges = { initialDelayMs: 0, maxDelayMs: Infinity, jitter: 0, maxFrameBytes: Infinity };
    expect(toTuning(url, edges)).toMatchObject(edges);
  });

  it.each([0, Infinity])('switch a time-out off by %p', (value) => {
    const off = { idleTimeoutMs: value, connectTimeoutMs: value };
    expect(toTuning(url, off)).toMatchObject({
      idleTimeoutMs: Infinity,
      connectTimeoutMs: Infinity,
    });
  });

  it.each<[string, unknown]>([
    ['initialDelayMs', -1],
    ['maxDelayMs', NaN],
    ['jitter', 1.1],
    ['jitter', -0.1],
    ['idleTimeoutMs', '75'],
    ['connectTimeoutMs', -1],
    ['resetAfterMs', NaN],
    ['maxFrameBytes', -1],
    ['auth', {}],
    ['auth', 'Bearer t0k'],
    ['headers', { 'bad name': 'x' }],
    ['headers', { x: 'a\nb' }],
    ['headers', { x: 'a\u0001b' }],
    ['headers', { x: 'ид' }],
    ['headers', { 'last-event-id': '7' }],
  ])('that can never work are told at once: %s', (field, value) => {
    expect(codeOf(() => toTuning(url, { [field]: value }))).toEqual({
      code: 'INVALID_OPTION',
      field,
    });
  });

  it('are told without what a header holds', () => {
    let error: unknown;
    try {
      toTuning(url, { headers: { authorization: 'Bearer s3cr\n3t' } });
    } catch (caught) {
      error = caught;
    }
    if (!isHudhudError(error)) throw new Error('nothing was refused');
    expect(`${error.message} ${String(error.stack)} ${String(error.cause)}`).not.toContain('s3cr');
  });
});

describe('the address', () => {
  const scope = globalThis as { location?: unknown; document?: unknown };
  afterEach(() => {
    delete scope.location;
    delete scope.document;
  });

  it.each(['/stream', '', 'http://', 'https://lina:s3cr3t@host.test/'])(
    'may not be %p',
    (wrong) => {
      expect(codeOf(() => toTuning(wrong, {}))).toEqual({ code: 'INVALID_OPTION', field: 'url' });
    },
  );

  it('may be a URL, and on a page relative to it', () => {
    expect(toTuning(new URL(url), {}).url).toBe(url);
    scope.location = { href: 'https://host.test/app/' };
    expect(toTuning('/stream', {}).url).toBe('/stream');
    scope.location = { href: 'about:blank' };
    scope.document = { baseURI: 'https://host.test/' };
    expect(toTuning('/stream', {}).url).toBe('/stream');
  });

  it('may be anything that a fetch of the host takes', () => {
    expect(toTuning('/stream', { fetch: () => Promise.reject(new Error()) }).url).toBe('/stream');
  });
});
