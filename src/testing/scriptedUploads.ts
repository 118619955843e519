import type { UploadLike, UploadReply, UploadRequest } from '../platform/upload';

/** One upload as a test sees it. @public */
export interface ScriptedUpload {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly file: Blob;
  readonly name: string;
  readonly withCredentials: boolean;
  /** Says that so many bytes are sent. */
  progress(loadedBytes: number): void;
  /** Answers with JSON and status 200 unless the head says otherwise. */
  json(value: unknown, head?: Partial<Omit<UploadReply, 'text'>>): void;
  /** Answers as the backend does for a file that it took. */
  done(fileId?: string): void;
  /** Fails as without a network. */
  fail(): void;
  /** Whether the client gave up. */
  isAborted(): boolean;
  /** Neither answered, nor failed, nor given up. */
  isOpen(): boolean;
}

/** A port for uploads without a network. @public */
export interface ScriptedUploads {
  readonly upload: UploadLike;
  /** All uploads so far, oldest first. */
  readonly requests: readonly ScriptedUpload[];
  /** The newest one; throws when there was none. */
  last(): ScriptedUpload;
  /** Those under way. */
  open(): readonly ScriptedUpload[];
}

function script(
  request: UploadRequest,
  answer: (reply: UploadReply) => void,
  fail: (error: Error) => void,
): ScriptedUpload {
  const { url, headers, file, name, withCredentials, signal } = request;
  let isOpen = !signal.aborted;
  const close = (run: () => void) => {
    if (!isOpen) return;
    isOpen = false;
    signal.removeEventListener('abort', onAbort);
    run();
  };
  const onAbort = () => {
    close(() => {
      fail(new DOMException('This operation was aborted', 'AbortError'));
    });
  };
  if (isOpen) signal.addEventListener('abort', onAbort);
  else fail(new DOMException('This operation was aborted', 'AbortError'));
  const upload: ScriptedUpload = {
    ...{ url, headers, file, name, withCredentials },
    progress(loaded) {
      if (isOpen) request.onProgress(loaded);
    },
    json(value, { status = 200, retryAfter = null } = {}) {
      close(() => {
        answer({ status, retryAfter, text: JSON.stringify(value) });
      });
    },
    done(fileId = `file-${name}`) {
      const { size, type } = file;
      const row = { id: fileId, name, type: 'file', size, url: `/files/${fileId}`, mimetype: type };
      upload.json({ success: true, file: row });
    },
    fail() {
      close(() => {
        fail(new TypeError('fetch failed'));
      });
    },
    isAborted: () => signal.aborted,
    isOpen: () => isOpen,
  };
  return upload;
}

/**
 * Makes a port for uploads that does what a test says: at once through `answer`, or later through the uploads it
 * recorded.
 *
 * @public
 * @example
 * ```ts
 * const uploads = createScriptedUploads();
 * const platform = createFakePlatform({ upload: uploads.upload });
 * // … the client uploads
 * uploads.last().progress(512);
 * uploads.last().done();
 * ```
 */
export function createScriptedUploads(
  answer: (upload: ScriptedUpload) => void = () => undefined,
): ScriptedUploads {
  const requests: ScriptedUpload[] = [];
  return {
    upload: (request) =>
      new Promise((resolve, reject) => {
        const upload = script(request, resolve, reject);
        requests.push(upload);
        answer(upload);
      }),
    requests,
    last() {
      const newest = requests.at(-1);
      if (newest === undefined) throw new Error('There was no upload yet.');
      return newest;
    },
    open: () => requests.filter((upload) => upload.isOpen()),
  };
}
