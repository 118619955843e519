/** What a test does to an `XMLHttpRequest`, and what it sees of it. No network. */
export class FakeXhr {
  static readonly all: FakeXhr[] = [];

  readonly upload: { onprogress: ((event: { readonly loaded: number }) => void) | null } = {
    onprogress: null,
  };
  onload: (() => void) | null = null;
  onerror: (() => void) | null = null;
  ontimeout: (() => void) | null = null;
  onabort: (() => void) | null = null;
  withCredentials = false;
  status = 0;
  responseText = '';
  readonly sent: FormData[] = [];
  readonly opened: string[] = [];
  readonly headers: Record<string, string> = {};
  readonly answerHeaders: Record<string, string> = {};
  readonly headersAsked: string[] = [];
  isAborted = false;

  constructor() {
    FakeXhr.all.push(this);
  }

  static last(): FakeXhr {
    const newest = FakeXhr.all.at(-1);
    if (newest === undefined) throw new Error('There was no request yet.');
    return newest;
  }

  open(method: string, url: string): void {
    this.opened.push(`${method} ${url}`);
  }

  setRequestHeader(name: string, value: string): void {
    // as browsers do: the error quotes the value
    if (/[\r\n]/.test(value)) throw new SyntaxError(`'${value}' is not a valid header value.`);
    this.headers[name] = value;
  }

  send(body: FormData): void {
    this.sent.push(body);
  }

  abort(): void {
    this.isAborted = true;
    this.onabort?.();
  }

  getResponseHeader(name: string): string | null {
    this.headersAsked.push(name);
    return this.answerHeaders[name] ?? null;
  }

  answer(status: number, responseText: string, headers: Record<string, string> = {}): void {
    Object.assign(this, { status, responseText });
    Object.assign(this.answerHeaders, headers);
    this.onload?.();
  }
}
