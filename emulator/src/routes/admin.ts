import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { signedInRoutes } from '../http/caller.ts';
import { accounts, statistics } from '../services/admin.ts';
import { userToWire } from '../wire/user.ts';

export function adminRoutes(app: FastifyInstance, context: Context): void {
  const route = signedInRoutes(app, context);

  route('GET', '/admin/users', async ({ caller }) => {
    const users = (await accounts(context, caller)).map(userToWire);
    return { success: true, users, count: users.length };
  });

  route('GET', '/admin/statistics', async ({ caller }) => {
    return { success: true, data: await statistics(context, caller) };
  });
}
