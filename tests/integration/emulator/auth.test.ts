import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import samples from '../../contract/rest.json';
import { backends, startOn } from '../../support/backends';
import { request, signIn } from '../../support/client';
import { until } from '../../support/deadline';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { differences } from '../../support/shape';
import type { WireError } from '../../support/wire';

const login = { username: 'lina', password: 'hudhud-demo' };

describe.each(backends)('signing in on %s', (backend) => {
  let emulator: HostedEmulator;
  const call = <T>(method: string, path: string, options: Parameters<typeof request>[3] = {}) =>
    request<T>(emulator.url, method, path, options);

  async function cookies(): Promise<readonly string[]> {
    const { headers } = await call('POST', '/auth/login', { body: login });
    return headers.getSetCookie();
  }

  beforeAll(async () => {
    emulator = await startOn(backend, ['--access-ttl', '3']);
  });
  afterAll(() => emulator.stop());

  test('by e-mail or by name, in any case', async () => {
    const { password } = login;
    const byEmail = { email: 'Lina@Hudhud.example', password };
    const byName = { username: 'LINA', password };
    expect((await call('POST', '/auth/login', { body: byEmail })).status).toBe(200);
    expect((await call('POST', '/auth/login', { body: byName })).status).toBe(200);
  });

  test('a wrong password and an unknown name get the same answer', async () => {
    const wrong = await call('POST', '/auth/login', { body: { ...login, password: 'no' } });
    const unknown = await call('POST', '/auth/login', { body: { ...login, username: 'nobody' } });
    expect(wrong.status).toBe(401);
    expect(unknown.body).toEqual(wrong.body);
    expect(wrong.body).toMatchObject({ error: { code: 'INVALID_CREDENTIALS' } });
  });

  test('an expired access token is told from a wrong one', async () => {
    const { token } = await signIn(emulator.url, 'lina');
    const answer = await until(
      () => call<WireError>('GET', '/auth/me', { token }),
      ({ status }) => status === 401,
    );
    const sample = samples.find(({ name }) => name === 'error: expired token');
    expect(answer.body.error.code).toBe('TOKEN_EXPIRED');
    expect(differences(sample?.body, answer.body)).toEqual([]);

    const stream = await call<WireError>('GET', `/realtime/stream?token=${token}`);
    expect(stream.status).toBe(401);
    expect(stream.body.error.code).toBe('TOKEN_EXPIRED');
  });

  test('the refresh token is a cookie that scripts cannot read', async () => {
    const [cookie = ''] = await cookies();
    expect(cookie).toMatch(/^refreshToken=[^;]+;/);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('Path=/api/auth');
  });

  test('refreshing answers a new access token that works', async () => {
    const cookie = (await cookies())[0]?.split(';')[0] ?? '';
    const { status, body } = await call<{ accessToken: string; expiresIn: number }>(
      'POST',
      '/auth/refresh',
      { body: '', headers: { cookie } },
    );
    expect(status).toBe(200);
    expect(body.expiresIn).toBe(3);
    expect((await call('GET', '/auth/me', { token: body.accessToken })).status).toBe(200);
  });

  test('without a cookie, or after logging out, there is nothing to refresh', async () => {
    const without = await call<WireError>('POST', '/auth/refresh', { body: {} });
    expect(without.status).toBe(401);
    const cookie = (await cookies())[0]?.split(';')[0] ?? '';
    await call('POST', '/auth/logout', { body: '', headers: { cookie } });
    const after = await call<WireError>('POST', '/auth/refresh', { body: '', headers: { cookie } });
    expect(after.status).toBe(401);
    expect(after.body.error.code).toBe('TOKEN_INVALID');
  });

  test('the token carries the claims that the client reads', async () => {
    const { token } = await signIn(emulator.url, 'omar');
    const [, payload = ''] = token.split('.');
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    expect(claims).toEqual({
      userId: 'c1d9b1f4-0f6b-4d7e-9a29-2f4f7b6e8d04',
      email: 'omar@hudhud.example',
      username: 'omar',
      role: 'moderator',
      iat: expect.any(Number),
      exp: expect.any(Number),
    });
  });

  test('a name can be taken once', async () => {
    const body = { email: 'amira@example.com', username: 'amira', password: 'long enough' };
    expect((await call('POST', '/auth/register', { body })).status).toBe(201);
    const again = await call('POST', '/auth/register', {
      body: { ...body, email: 'other@example.com', username: 'Amira' },
    });
    expect(again.status).toBe(409);
    const short = await call('POST', '/auth/register', { body: { ...body, password: 'short' } });
    expect(short.status).toBe(400);
  });

  test('who registers can open the workspace', async () => {
    const body = { email: 'badr@example.com', username: 'badr', password: 'long enough' };
    const { body: made } = await call<{ tokens: { accessToken: string } }>(
      'POST',
      '/auth/register',
      { body },
    );
    const token = made.tokens.accessToken;
    expect((await call('GET', '/workspace/hudhud/general', { token })).status).toBe(200);
    const { body: list } = await call<{ count: number }>('GET', '/chat/channels', { token });
    expect(list.count).toBe(2);
  });

  test('pages of this machine may call with cookies, others may not', async () => {
    const allowed = async (origin: string) => {
      const { headers } = await call('GET', '/realtime/status', { headers: { origin } });
      return headers.get('access-control-allow-origin');
    };
    for (const host of ['localhost:3000', '127.0.0.1:5173', '[::1]:80']) {
      expect(await allowed(`http://${host}`)).toBe(`http://${host}`);
    }
    expect(await allowed('https://evil.example')).toBeNull();
    expect(await allowed('http://localhost.evil.example')).toBeNull();
  });
});
