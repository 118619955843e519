import type { FastifyInstance } from 'fastify';

/** The client posts an empty body as JSON to refresh and log out; Fastify alone would call that an error. */
export function installJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    (request, body, done) => {
      if (body.trim() === '') done(null, {});
      else void parse(request, body, done);
    },
  );
}
