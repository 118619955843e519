import type { FastifyError, FastifyInstance } from 'fastify';
import { ApiError } from '../errors.ts';

function answerFor(error: ApiError | Partial<FastifyError>): ApiError {
  if (error instanceof ApiError) return error;
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new ApiError(413, 'PAYLOAD_TOO_LARGE', 'The body is larger than 1 MiB');
  }
  if (error.code === 'FST_ERR_CTP_INVALID_JSON_BODY' || error instanceof SyntaxError) {
    return new ApiError(400, 'BAD_JSON', 'The body is not valid JSON');
  }
  // Postgres refuses a value that passed our checks (class 22: an impossible date, a NUL character), or a
  // unique index saw a race that the services could not see
  if (error.code?.startsWith('22') === true)
    return new ApiError(400, 'VALIDATION_ERROR', error.message ?? '');
  if (error.code === '23505') return new ApiError(409, 'CONFLICT', 'This already exists');
  const status = error.statusCode ?? 500;
  if (status === 413) return new ApiError(413, 'PAYLOAD_TOO_LARGE', error.message ?? '');
  if (status < 500) return new ApiError(status, 'VALIDATION_ERROR', error.message ?? '');
  return new ApiError(500, 'INTERNAL_ERROR', 'Internal server error');
}

/** Every error leaves in the one envelope of the contract: bad input, unknown routes and our own defects. */
export function installErrorAnswers(app: FastifyInstance, report: (error: Error) => void): void {
  app.setErrorHandler<FastifyError | ApiError>((error, _request, reply) => {
    const answer = answerFor(error);
    if (answer.statusCode >= 500) report(error);
    return reply.code(answer.statusCode).send(errorEnvelope(answer));
  });

  app.setNotFoundHandler((request, reply) => {
    // without the query: it may carry a token
    const path = request.url.split('?', 1)[0] ?? '';
    const error = new ApiError(404, 'NOT_FOUND', `No such route: ${request.method} ${path}`);
    return reply.code(404).send(errorEnvelope(error));
  });
}

export function errorEnvelope({ message, code, statusCode }: ApiError) {
  return { success: false, error: { message, code, statusCode } };
}
