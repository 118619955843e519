import type { HudhudAction } from '../actions/define';
import { uploadDone, uploadFailed, uploadProgressed, uploadStarted } from '../actions/outbox';
import { isHudhudError } from '../errors';
import type { Cancel } from '../platform/timers';
import type { OutboxState } from '../state/outboxState';
import { findOperation } from '../state/outboxState';
import type { Runtime, StoreApi } from './runtime';
import type { UploadProgress } from './uploadProgress';
import { createUploadProgress } from './uploadProgress';
import { uploadRetryDelay } from './uploadRetry';

/**
 * Uploads files, a few at a time. It acts on what was asked for and keeps a ledger of that (L19): an upload that a state
 * merely shows is not sent. The bytes are in `runtime.blobs` from before the request until the server has them.
 *
 * @internal
 */
export interface Uploads {
  /** An upload was asked for, the first time or again. */
  wanted(uploadId: string): void;
  /** A send was asked for again: its uploads that failed are too. */
  sendWanted(opId: string): void;
  cancelled(uploadId: string): void;
  /** Uploads may have left the state with their message: nothing is sent for nobody. */
  released(): void;
  /** From here on, what is asked for goes. */
  start(): void;
  /** Calls all off, and says so. What is asked for later waits for the next start. */
  stop(): void;
  /** Calls all off without a word, and forgets every file. */
  forget(): void;
}

const maxAtOnce = 3;

type Parts = Pick<Runtime, 'platform' | 'instance' | 'selectors' | 'uploader' | 'blobs'>;

interface Job {
  readonly uploadId: string;
  readonly name: string;
  readonly file: Blob;
  readonly abort: AbortController;
  readonly progress: UploadProgress;
  cancelRetry: Cancel | null;
}

/** @internal */
export function createUploads(runtime: Parts, store: StoreApi): Uploads {
  const { platform, instance, selectors, uploader, blobs } = runtime;
  /** In the order in which they were asked for. */
  const waiting = new Map<string, Blob>();
  const running = new Map<string, Job>();
  let isStarted = false;

  const outboxNow = (): OutboxState => selectors.selectHudhud(store.getState()).outbox;
  const find = (uploadId: string) =>
    outboxNow().uploads.find((upload) => upload.uploadId === uploadId);
  const isKnown = (uploadId: string) => waiting.has(uploadId) || running.has(uploadId);

  /** Takes an upload out of the ledger; what it has under way ends. */
  const drop = (uploadId: string) => {
    const job = running.get(uploadId);
    waiting.delete(uploadId);
    running.delete(uploadId);
    job?.cancelRetry?.();
    job?.progress.stop();
    job?.abort.abort();
  };
  const dropAll = (): string[] => {
    const known = [...running.keys(), ...waiting.keys()];
    known.forEach(drop);
    return known;
  };
  const end = ({ uploadId }: Job, action: HudhudAction) => {
    drop(uploadId);
    store.dispatch(action);
    pump();
  };

  const perform = async (job: Job, retries: number): Promise<void> => {
    const { uploadId, file, name, abort, progress } = job;
    const result = await uploader
      .upload({ file, name, signal: abort.signal, onProgress: progress.reached })
      .then(
        (done) => ({ done }),
        (error: unknown) => ({ error }),
      );
    if (running.get(uploadId) !== job) return;
    if ('done' in result) {
      blobs.delete(uploadId);
      end(job, uploadDone({ uploadId, file: result.done }, instance));
      return;
    }
    const delay = uploadRetryDelay(result.error, retries, platform.random);
    if (delay !== null) {
      job.cancelRetry = platform.timers.after(delay, () => void perform(job, retries + 1));
      return;
    }
    const code = isHudhudError(result.error) ? result.error.code : 'BAD_RESPONSE';
    platform.logger.debug('upload failed', { uploadId, code });
    end(job, uploadFailed({ uploadId, code }, instance));
  };
  const start = (uploadId: string, file: Blob) => {
    const job: Job = {
      uploadId,
      file,
      name: find(uploadId)?.name ?? 'file',
      abort: new AbortController(),
      progress: createUploadProgress(platform.timers, (loaded) => {
        store.dispatch(uploadProgressed({ uploadId, loaded }, instance));
      }),
      cancelRetry: null,
    };
    running.set(uploadId, job);
    store.dispatch(uploadStarted({ uploadId }, instance));
    // whoever heard it may have called it off
    if (running.get(uploadId) === job) void perform(job, 0);
  };
  const pump = () => {
    if (!isStarted) return;
    for (const [uploadId, file] of waiting) {
      if (running.size >= maxAtOnce) return;
      waiting.delete(uploadId);
      start(uploadId, file);
    }
  };
  /** Forgets the bytes of what is neither shown nor under way, however it went. */
  const sweep = () => {
    const shown = new Set(outboxNow().uploads.map(({ uploadId }) => uploadId));
    for (const uploadId of blobs.keys()) {
      if (!shown.has(uploadId) && !isKnown(uploadId)) blobs.delete(uploadId);
    }
  };
  const wanted = (uploadId: string) => {
    // asked for is what the reducer took: it knows which uploads can be asked for, and when
    if (isKnown(uploadId) || find(uploadId)?.status !== 'queued') return;
    sweep();
    const file = blobs.get(uploadId);
    if (file === undefined) {
      store.dispatch(uploadFailed({ uploadId, code: 'ATTACHMENT_LOST' }, instance));
      return;
    }
    waiting.set(uploadId, file);
    pump();
  };

  return {
    wanted,
    sendWanted(opId) {
      const operation = findOperation(outboxNow(), opId);
      if (operation?.kind === 'send') operation.uploadIds.forEach(wanted);
    },
    cancelled(uploadId) {
      drop(uploadId);
      blobs.delete(uploadId);
      pump();
    },
    released() {
      for (const uploadId of [...running.keys(), ...waiting.keys()]) {
        if (find(uploadId) === undefined) drop(uploadId);
      }
      sweep();
      pump();
    },
    start() {
      isStarted = true;
      pump();
    },
    stop() {
      if (!isStarted) return;
      isStarted = false;
      for (const uploadId of dropAll()) {
        store.dispatch(uploadFailed({ uploadId, code: 'ABORTED' }, instance));
      }
    },
    forget() {
      dropAll();
      blobs.clear();
    },
  };
}
