import { describe, expect, it } from '@jest/globals';

import { HudhudError } from '../../../src/errors';
import type { HttpAnswer } from '../../../src/transport/httpAnswer';
import { readAnswer, resultOf } from '../../../src/transport/httpAnswer';

const answer = (part: Partial<HttpAnswer>): HttpAnswer => ({
  status: 200,
  retryAfterMs: null,
  json: {},
  ...part,
});
const asIs = (json: unknown) => json;

function failure(part: Partial<HttpAnswer>, decode = asIs): unknown {
  try {
    resultOf(answer(part), 'POST /x', decode);
  } catch (error) {
    return error;
  }
  return null;
}

describe('readAnswer', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['', null],
    ['  \n', null],
    ['null', null],
    ['<html>', undefined],
  ])('reads the body %p', async (text, json) => {
    expect(await readAnswer(new Response(text), 0)).toEqual({
      status: 200,
      retryAfterMs: null,
      json,
    });
  });

  it('reads an answer that has no body, and Retry-After', async () => {
    const bare = new Response(null, { status: 204, headers: { 'Retry-After': '2' } });
    expect(await readAnswer(bare, 0)).toEqual({ status: 204, retryAfterMs: 2_000, json: null });
  });
});

describe('resultOf', () => {
  it('decodes what came', () => {
    const decode = (json: unknown) => Object.keys(json as object).length;
    expect(resultOf(answer({ json: { success: true, a: 1 } }), 'GET /x', decode)).toBe(2);
    expect(resultOf(answer({ status: 204, json: null }), 'GET /x', asIs)).toBeNull();
  });

  it('makes an error of a refusal, with the code of the server', () => {
    const json = { success: false, error: { message: 'Secret text', code: 'NAME_TAKEN' } };
    expect(failure({ status: 409, json })).toMatchObject({
      code: 'CONFLICT',
      message: 'POST /x was answered 409.',
      data: { status: 409, request: 'POST /x', serverCode: 'NAME_TAKEN' },
    });
  });

  it('takes success: false for a refusal, whatever the status', () => {
    expect(failure({ status: 200, json: { success: false } })).toMatchObject({
      code: 'REQUEST_REJECTED',
      data: { status: 200 },
    });
  });

  it('passes on how long to wait', () => {
    expect(failure({ status: 429, retryAfterMs: 3_000 })).toMatchObject({
      code: 'RATE_LIMITED',
      data: { retryAfterMs: 3_000 },
    });
  });

  it.each([[undefined], [null], ['text'], [[1]], [{ error: 'text' }], [{ error: { code: 5 } }]])(
    'knows a status even where the body is %p',
    (json) => {
      expect(failure({ status: 502, json })).toMatchObject({
        code: 'SERVER_ERROR',
        data: { status: 502, request: 'POST /x' },
      });
    },
  );

  it.each(['a sentence with a s3cr3t', 'x'.repeat(65), '<b>'])(
    'does not take %p for a code',
    (code) => {
      expect(failure({ status: 400, json: { error: { code } } })).not.toHaveProperty(
        'data.serverCode',
      );
    },
  );

  it('calls what is no JSON, or of another shape, a bad response, and quotes nothing of it', () => {
    const notJson = failure({ json: undefined });
    const wrong = failure({ json: { text: 's3cr3t' } }, (json) => {
      throw new Error(`unexpected ${JSON.stringify(json)}`);
    });
    for (const error of [notJson, wrong]) {
      expect(error).toMatchObject({ code: 'BAD_RESPONSE', data: { status: 200 } });
      expect((error as Error).cause).toBeUndefined();
      expect((error as Error).message).not.toContain('s3cr3t');
    }
  });

  it('lets a decoder throw an error of its own', () => {
    const own = new HudhudError('NOT_FOUND', 'x');
    expect(
      failure({}, () => {
        throw own;
      }),
    ).toBe(own);
  });
});
