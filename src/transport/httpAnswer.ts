import type { HudhudErrorData } from '../errors';
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
 * Reads an answer. What the body says if it is no JSON is forgotten here: an error must not quote it.
 *
 * @internal
 */
export async function readAnswer(response: Response, nowMs: number): Promise<HttpAnswer> {
  const text = await response.text();
  let json: unknown = null;
  if (text.trim() !== '') {
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
  }
  const retryAfterMs = parseRetryAfter(response.headers.get('Retry-After'), nowMs);
  return { status: response.status, retryAfterMs, json };
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

function refusalOf(answer: HttpAnswer, request: string): HudhudError {
  const { status, retryAfterMs } = answer;
  const serverCode = serverCodeOf(answer.json);
  const data: HudhudErrorData = {
    status,
    request,
    ...(serverCode === undefined ? {} : { serverCode }),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  };
  return new HudhudError(codeOfStatus(status), `${request} was answered ${status}.`, data);
}

/**
 * Makes the result of an answer, or throws the error that it stands for. A `success: false` is a refusal whatever the
 * status is (wire contract 1.7).
 *
 * @internal
 */
export function resultOf<T>(answer: HttpAnswer, request: string, decode: (json: unknown) => T): T {
  const isRefused = answer.status < 200 || answer.status > 299;
  if (isRefused || fieldOf(answer.json, 'success') === false) throw refusalOf(answer, request);
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
