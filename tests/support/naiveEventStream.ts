/** What a whole stream says, by the standard. */
export interface ReadStream {
  readonly events: readonly { readonly type: string; readonly data: string; readonly id: string }[];
  /** Values of `retry` lines that count, in the order they came. */
  readonly retries: readonly string[];
  readonly comments: readonly string[];
  /** What the next connection goes on from. */
  readonly lastEventId: string;
}

/** Any of the three ends of a line; the last piece ended in none, and so is no line. */
function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/).slice(0, -1);
}

/**
 * Reads a stream at once, slowly and step by step as the standard has it ("Interpreting an event stream"). The one thing
 * that it does as browsers do and not as it is written: an id holds from one connection to the next.
 */
export function readNaively(bytes: Uint8Array, lastEventId = ''): ReadStream {
  const events: { type: string; data: string; id: string }[] = [];
  const retries: string[] = [];
  const comments: string[] = [];
  let dataBuffer = '';
  let typeBuffer = '';
  let idBuffer = lastEventId;
  let lastId = lastEventId;

  const dispatch = () => {
    lastId = idBuffer;
    if (dataBuffer !== '') {
      const data = dataBuffer.endsWith('\n') ? dataBuffer.slice(0, -1) : dataBuffer;
      events.push({ type: typeBuffer === '' ? 'message' : typeBuffer, data, id: lastId });
    }
    dataBuffer = '';
    typeBuffer = '';
  };
  const process = (field: string, value: string) => {
    if (field === 'event') typeBuffer = value;
    if (field === 'data') dataBuffer = `${dataBuffer}${value}\n`;
    if (field === 'id' && !value.includes('\0')) idBuffer = value;
    if (field === 'retry' && /^[0-9]+$/.test(value)) retries.push(value);
  };
  const withoutSpace = (value: string) => (value.startsWith(' ') ? value.slice(1) : value);

  // "UTF-8 decode" takes one byte order mark away, as this decoder does.
  for (const line of linesOf(new TextDecoder('utf-8').decode(bytes))) {
    const colon = line.indexOf(':');
    if (line === '') dispatch();
    else if (colon === 0) comments.push(withoutSpace(line.slice(1)));
    else if (colon === -1) process(line, '');
    else process(line.slice(0, colon), withoutSpace(line.slice(colon + 1)));
  }
  return { events, retries, comments, lastEventId: lastId };
}
