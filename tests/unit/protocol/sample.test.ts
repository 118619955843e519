import { describe, expect, it } from '@jest/globals';

import { Fault } from '../../../src/protocol/fault';
import { toRejected, toSample } from '../../../src/protocol/sample';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJ1c2VySWQiOiJ1MSJ9.c2lnbmF0dXJlLW9mLTEy';

describe('toSample', () => {
  it.each([
    ['a JWT anywhere', `{"content":"see ${jwt} there"}`],
    ['a JWT right after an escape', `{"content":"see\\n${jwt}"}`],
    ['a JWT that is cut', '{"content":"eyJhbGciOiJIUzI1NiJ9.eyJ1c2Vy'],
    ['three long parts', '{"content":"plantedplantedplanted.plantedplanted.x"}'],
    ['a token field', `{"token":"${jwt}"}`],
    ['a refresh token that is no JWT', '{"refreshToken":"planted secret","a":1}'],
    ['a password with a comma', '{"newPassword" : "planted, secret"}'],
    ['a password with an escaped quote', '{"password":"a\\"planted secret"}'],
    ['a token in a list', '{"tokens":["a","planted secret"]}'],
    ['a token that is cut', '{"accessToken":"planted secre'],
    ['JSON in JSON', '{"body":"{\\"password\\":\\"a planted secret\\"}"}'],
    ['a query', 'GET /stream?token=planted&x=1'],
    ['a header', 'Authorization: Bearer planted'],
  ])('masks %s', (_name, text) => {
    const sample = toSample(text);
    expect(sample).not.toMatch(/planted|eyJ|c2ln|secre/);
    expect(sample).toContain('[redacted]');
  });

  it('masks before it cuts', () => {
    expect(toSample(`${' '.repeat(500)}"token":"${jwt}"`)).not.toContain('eyJ');
    expect(toSample(`${' '.repeat(505)}${jwt}`)).not.toContain('eyJ');
  });

  it('keeps what is no secret', () => {
    const text = '{"type":"text","content":"hi.there","expiresIn":900}';
    expect(toSample(text)).toBe(text);
  });

  it('keeps 512 characters', () => {
    expect(toSample('x'.repeat(5000))).toHaveLength(512);
  });

  it.each([
    ['x'.repeat(2048)],
    ['a-'.repeat(1024)],
    ['token'.repeat(400)],
    [`token${' '.repeat(2000)}`],
    ['"\\'.repeat(1000)],
  ])('is quick with text made to be slow', (text) => {
    const start = process.cpuUsage();
    for (let round = 0; round < 100; round += 1) toSample(text);
    const { user, system } = process.cpuUsage(start);
    // a pattern that costs the square of the length takes four times as long
    expect(user + system).toBeLessThan(100_000);
  });
});

describe('toRejected', () => {
  it('files the reason, the place and the size', () => {
    const fault = new Fault('invalid_field', 'createdAt').below('messages.3');
    expect(toRejected(fault, 'message', '{"a":1}')).toEqual({
      reason: 'invalid_field',
      eventType: 'message',
      size: 7,
      path: 'messages.3.createdAt',
      sample: '{"a":1}',
    });
  });

  it('has no path where the whole is at fault, and cuts long names', () => {
    const rejected = toRejected(new Fault('unknown_type'), 'x'.repeat(900), '');
    expect(rejected).not.toHaveProperty('path');
    expect(rejected.eventType).toHaveLength(64);
  });
});
