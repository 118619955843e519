import type { HudhudErrorCode, HudhudErrorData } from '../errors';
import { HudhudError, isHudhudError } from '../errors';
import { parseRetryAfter } from './retryAfter';
import { codeOfStatus } from './statusCodes';

/** An answer, read to its end. @internal */
export interface HttpAnswer {
  readonly status: number;
  readonly retryAfterMs: number | null;
  /** `undefined`: the body is no JSON; `null`: there is none. */
  readonly json: unknown;
}

/**
 * Takes an answer apart. What the body says if it is no JSON is forgotten here: an error must not quote it.
 *
 * @internal
 */
export function toAnswer(
  reply: { readonly status: number; readonly text: string; readonly retryAfter: string | null },
  nowMs: number,
): HttpAnswer {
  let json: unknown = null;
  if (reply.text.trim() !== '') {
    try {
      json = JSON.parse(reply.text);
    } catch {
      json = undefined;
    }
  }
  return { status: reply.status, retryAfterMs: parseRetryAfter(reply.retryAfter, nowMs), json };
}

/**
 * Reads an answer to its end.
 *
 * @internal
 */
export async function readAnswer(response: Response, nowMs: number): Promise<HttpAnswer> {
  const text = await response.text();
  const retryAfter = response.headers.get('Retry-After');
  return toAnswer({ status: response.status, text, retryAfter }, nowMs);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** The server's code, if it looks like one and not like a sentence. */
function serverCodeOf(json: unknown): string | undefined {
  const code = fieldOf(fieldOf(json, 'error'), 'code');
  return typeof code === 'string' && /^[A-Za-z][\w.-]{0,63}$/.test(code) ? code : undefined;
}

function refusalOf(
  answer: HttpAnswer,
  request: string,
  codeOf: (status: number) => HudhudErrorCode,
): HudhudError {
  const { status, retryAfterMs } = answer;
  const serverCode = serverCodeOf(answer.json);
  const data: HudhudErrorData = {
    status,
    request,
    ...(serverCode === undefined ? {} : { serverCode }),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  };
  return new HudhudError(codeOf(status), `${request} was answered ${status}.`, data);
}

/**
 * Makes the result of an answer, or throws the error that it stands for. A `success: false` is a refusal whatever the
 * status is (wire contract 1.7).
 *
 * @internal
 */
export function resultOf<T>(
  answer: HttpAnswer,
  request: string,
  decode: (json: unknown) => T,
  codeOf: (status: number) => HudhudErrorCode = codeOfStatus,
): T {
  const isRefused = answer.status < 200 || answer.status > 299;
  if (isRefused || fieldOf(answer.json, 'success') === false) {
    throw refusalOf(answer, request, codeOf);
  }
  const bad = (why: string) =>
    new HudhudError('BAD_RESPONSE', `The answer to ${request} ${why}.`, {
      status: answer.status,
      request,
    });
  if (answer.json === undefined) throw bad('is not JSON');
  try {
    return decode(answer.json);
  } catch (error) {
    // Not as a cause: a validation error quotes what it looked at.
    throw isHudhudError(error) ? error : bad('has not the expected shape');
  }
}
