import type { Counters } from '../platform/counters';
import type { Platform } from '../platform/platform';
import { decodeUpload } from '../protocol/decodeUpload';
import type { FileRef } from '../protocol/models';
import { exchange, holdBack, withToken } from './exchange';
import { resultOf, toAnswer } from './httpAnswer';
import { buildUrl } from './httpRequest';
import type { RateBudget } from './rateBudget';
import { parseRetryAfter } from './retryAfter';
import type { Session } from './session';
import { codeOfUploadStatus } from './statusCodes';

/** @internal */
export interface UploadClientOptions {
  readonly baseUrl: string;
  readonly session: Session;
  readonly platform: Pick<Platform, 'upload' | 'clock' | 'timers'>;
  readonly counters?: Counters;
  readonly budget?: RateBudget;
  /** Longest time in which nothing moves, in ms. Default 60,000. */
  readonly timeoutMs?: number;
}

/** A file to be uploaded. */
interface FileToUpload {
  readonly file: Blob;
  readonly name: string;
  readonly signal: AbortSignal;
  /** Called with the bytes that are sent; from zero again where the token was refused. */
  readonly onProgress: (loaded: number) => void;
}

/** Uploads files. @internal */
export interface UploadClient {
  /** Sends a file once; a second time only when the token was refused. Rejects with a `HudhudError` that holds no token. */
  upload(file: FileToUpload): Promise<FileRef>;
}

const path = '/upload';
const name = `POST ${path}`;

/**
 * Makes the client for uploads. It follows the rules of plain requests, but for the deadline: how long an upload may take
 * cannot be said, only how long nothing may move.
 *
 * @internal
 */
export function createUploadClient(options: UploadClientOptions): UploadClient {
  const { session, platform, counters, budget, timeoutMs = 60_000 } = options;
  const { timers } = platform;
  const url = buildUrl(options.baseUrl, path);

  return {
    async upload({ file, name: fileName, signal: calledOff, onProgress }) {
      const answer = await exchange(
        name,
        (course) =>
          withToken(session, name, course, async (token) => {
            const { signal, restart } = course;
            holdBack(budget, 'send', name, counters);
            const spending = budget?.spend('send');
            const reply = await platform.upload({
              url,
              headers: { Accept: 'application/json', Authorization: `Bearer ${token}` },
              file,
              name: fileName,
              signal,
              withCredentials: true,
              onProgress(loaded) {
                if (signal.aborted) return;
                restart();
                onProgress(loaded);
              },
            });
            const now = platform.clock.now();
            const { status } = reply;
            const retryAfterMs = parseRetryAfter(reply.retryAfter, now);
            spending?.answered({ status, quota: null, retryAfterMs });
            return toAnswer(reply, now);
          }),
        { timeoutMs, timers, counters, signal: calledOff },
      );
      return resultOf(answer, name, decodeUpload, codeOfUploadStatus);
    },
  };
}
