import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

export function isLoopback(origin: string): boolean {
  return URL.canParse(origin) && loopback.has(new URL(origin).hostname);
}

/** Pages of this machine may call with cookies; a page from anywhere else gets no permission. */
export async function installCors(app: FastifyInstance): Promise<void> {
  await app.register(cors, {
    credentials: true,
    exposedHeaders: [
      'Retry-After',
      'X-RateLimit-Limit',
      'X-RateLimit-Remaining',
      'X-RateLimit-Reset',
    ],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    origin: (origin, allow) => {
      allow(null, origin !== undefined && isLoopback(origin));
    },
  });
}
