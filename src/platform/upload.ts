import type { FetchLike } from './fetchLike';

/** One file on its way to the server. @public */
export interface UploadRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly file: Blob;
  /** Name of the file, as the form says it. */
  readonly name: string;
  /** Called with the bytes of the file that are sent so far. */
  readonly onProgress: (loadedBytes: number) => void;
  readonly signal: AbortSignal;
  /** Whether cookies go along to another origin. */
  readonly withCredentials: boolean;
}

/** What the server answered, whatever the status. @public */
export interface UploadReply {
  readonly status: number;
  readonly text: string;
  /** The header `Retry-After`, where it can be read. */
  readonly retryAfter: string | null;
}

/**
 * Sends a file as the field `file` of a form, as a port. Rejects where there is no whole answer, with an error that
 * quotes nothing of the request: a header may hold a token (L17).
 *
 * @public
 */
export type UploadLike = (request: UploadRequest) => Promise<UploadReply>;

interface UploadScope {
  readonly XMLHttpRequest?: new () => XMLHttpRequest;
}

const failed = (): Error => new TypeError('The upload failed.');
const calledOff = (): Error => new DOMException('The upload was called off.', 'AbortError');

function formOf({ file, name }: UploadRequest): FormData {
  const form = new FormData();
  form.append('file', file, name);
  return form;
}

function uploadByXhr(request: UploadRequest, xhr: XMLHttpRequest): Promise<UploadReply> {
  const { signal, file } = request;
  const onAbort = () => {
    xhr.abort();
  };
  return new Promise<UploadReply>((resolve, reject) => {
    xhr.onload = () => {
      // asked only where it matters: from another origin, a browser complains on the console about a hidden one
      const retryAfter = xhr.status < 400 ? null : xhr.getResponseHeader('Retry-After');
      resolve({ status: xhr.status, text: xhr.responseText, retryAfter });
    };
    xhr.onerror = xhr.ontimeout = () => {
      reject(failed());
    };
    xhr.onabort = () => {
      reject(calledOff());
    };
    xhr.upload.onprogress = ({ loaded }) => {
      // what is counted is the form, a little larger than the file
      request.onProgress(Math.min(loaded, file.size));
    };
    signal.addEventListener('abort', onAbort);
    try {
      xhr.open('POST', request.url);
      xhr.withCredentials = request.withCredentials;
      for (const [name, value] of Object.entries(request.headers)) {
        xhr.setRequestHeader(name, value);
      }
      xhr.send(formOf(request));
    } catch {
      // it quotes the header that it does not take
      reject(failed());
    }
  }).finally(() => {
    signal.removeEventListener('abort', onAbort);
  });
}

/**
 * The way without `XMLHttpRequest`, on a server: `fetch` tells nothing between the start and the end.
 *
 * @public
 */
export function createFetchUpload(fetch: FetchLike): UploadLike {
  return async (request) => {
    const { url, headers, signal, withCredentials } = request;
    try {
      request.onProgress(0);
      const response = await fetch(url, {
        method: 'POST',
        headers: { ...headers },
        body: formOf(request),
        credentials: withCredentials ? 'include' : 'same-origin',
        cache: 'no-store',
        signal,
      });
      request.onProgress(request.file.size);
      const text = await response.text();
      return { status: response.status, text, retryAfter: response.headers.get('Retry-After') };
    } catch {
      throw signal.aborted ? calledOff() : failed();
    }
  };
}

/**
 * The browser's way, looked up at each call: `XMLHttpRequest`, since `fetch` does not tell how far an upload is. Where
 * there is none, the given `fetch`.
 *
 * @public
 */
export function createUpload(fetch: FetchLike): UploadLike {
  const byFetch = createFetchUpload(fetch);
  return async (request) => {
    if (request.signal.aborted) throw calledOff();
    const { XMLHttpRequest: Xhr } = globalThis as UploadScope;
    return Xhr === undefined ? byFetch(request) : uploadByXhr(request, new Xhr());
  };
}
