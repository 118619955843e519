import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Context } from '../context.ts';
import { invalid } from '../errors.ts';
import { signedInRoutes } from '../http/caller.ts';
import type { Fields } from '../http/input.ts';
import { fieldsOf, oneOf, optionalText, text } from '../http/input.ts';
import {
  accessToken,
  closeSession,
  openSession,
  refreshTtlSeconds,
  sessionUser,
} from '../services/sessions.ts';
import { changeProfile, register, signIn, userById } from '../services/users.ts';
import type { UserRow } from '../wire/user.ts';
import { userToWire } from '../wire/user.ts';

const cookieName = 'refreshToken';
const cookie = { httpOnly: true, sameSite: 'lax', path: '/api/auth' } as const;

/** Not read by `text`: spaces around a password are part of it. */
function password(body: Fields, least: number): string {
  const value = body['password'];
  if (typeof value !== 'string' || value.length < least || value.length > 200) {
    throw invalid(`password must hold ${least} to 200 characters`);
  }
  return value;
}

function newcomer(body: Fields) {
  const email = text(body, 'email', 3, 200);
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw invalid('email must be an e-mail address');
  const username = text(body, 'username', 2, 40);
  if (!/^[\w.-]+$/.test(username)) throw invalid('username must hold letters, digits, . _ - only');
  const fullName = optionalText(body, 'fullName', 100) ?? null;
  return { email, username, password: password(body, 8), fullName };
}

export function authRoutes(app: FastifyInstance, context: Context): void {
  const expiresIn = context.tokens.accessTtlSeconds;

  async function welcome(reply: FastifyReply, user: UserRow) {
    const refreshToken = await openSession(context, user.user_id);
    void reply.setCookie(cookieName, refreshToken, { ...cookie, maxAge: refreshTtlSeconds });
    const tokens = { accessToken: await accessToken(context, user), expiresIn };
    return { success: true, user: userToWire(user), tokens };
  }

  app.post('/auth/register', async (request, reply) => {
    const user = await register(context, newcomer(fieldsOf(request.body)));
    return reply.code(201).send(await welcome(reply, user));
  });

  app.post('/auth/login', async (request, reply) => {
    const body = fieldsOf(request.body);
    const name = text(body, body['email'] === undefined ? 'username' : 'email', 1, 200);
    const user = await signIn(context, name, password(body, 1));
    return welcome(reply, user);
  });

  // flat, unlike login; the token rides in the cookie and the body is empty
  app.post('/auth/refresh', async (request) => {
    const user = await sessionUser(context, request.cookies[cookieName]);
    return { success: true, accessToken: await accessToken(context, user), expiresIn };
  });

  app.post('/auth/logout', async (request, reply) => {
    const refreshToken = request.cookies[cookieName];
    if (refreshToken !== undefined) await closeSession(context, refreshToken);
    void reply.clearCookie(cookieName, cookie);
    return { success: true };
  });

  const route = signedInRoutes(app, context);

  route('GET', '/auth/me', async ({ caller }) => {
    return { success: true, user: userToWire(await userById(context, caller.userId)) };
  });

  route('PUT', '/auth/profile', async ({ caller, body }) => {
    const user = await changeProfile(context, caller, {
      fullName: optionalText(body, 'fullName', 100),
      avatarUrl: optionalText(body, 'avatarUrl', 1000),
      bio: optionalText(body, 'bio', 1000),
    });
    if (body['status'] !== undefined) {
      const status = oneOf(body, 'status', ['online', 'away', 'busy'], 'online');
      await context.presence.choose(caller, status);
    }
    return { success: true, user: userToWire(user) };
  });
}
