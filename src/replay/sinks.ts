/**
 * Where a log goes while it is recorded. `write` gets whole lines, in order; it keeps that order, and may take its time
 * afterwards. What it throws is counted by the recorder and otherwise ignored: recording never disturbs the app.
 *
 * @public
 */
export interface LogSink {
  write(text: string): void;
  /** Ends it, once everything is written. */
  close?(): void | Promise<void>;
  /**
   * A new log begins with the next line, since this one has `rollAfterBytes`: so a sink keeps the last few, and each can
   * be replayed by itself.
   */
  roll?(): void;
  /** Default: never. */
  readonly rollAfterBytes?: number;
}

/** Keeps a log in memory, for tests and short recordings. @public */
export interface MemorySink extends LogSink {
  /** Everything that was written of the newest recording. */
  text(): string;
}

/**
 * Makes a sink that keeps a whole recording, until the recorder is started again.
 *
 * @public
 */
export function createMemorySink(): MemorySink {
  let written: string[] = [];
  let isClosed = false;
  return {
    write(text) {
      // two logs in one text are none
      if (isClosed) written = [];
      isClosed = false;
      written.push(text);
    },
    close() {
      isClosed = true;
    },
    text: () => written.join(''),
  };
}

interface DownloadScope {
  readonly document: Pick<Document, 'createElement'>;
  readonly URL: Pick<typeof URL, 'createObjectURL' | 'revokeObjectURL'>;
}

/**
 * Offers a log as a file, as a click on a link would.
 *
 * @public
 * @param text - What `recorder.export()` gave.
 * @param name - Default `hudhud-log.ndjson`.
 */
export function downloadLog(text: string, name = 'hudhud-log.ndjson'): void {
  const scope = globalThis as unknown as DownloadScope;
  const url = scope.URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }));
  const link = scope.document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // the browser has taken the file by the next turn at the latest
  setTimeout(() => {
    scope.URL.revokeObjectURL(url);
  }, 0);
}
