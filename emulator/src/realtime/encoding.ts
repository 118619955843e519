export interface Frame {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Who caused a frame about a message or a reaction. Not sent. */
  readonly by?: string;
}

export type FrameStyle = 'named' | 'default';

/** A frame as it stands in JSON: the fields of a server-sent event, of which `data` is no text here. */
export interface JsonFrame {
  readonly event?: string;
  readonly id?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Encoding {
  /** As a server-sent event. */
  sse(frame: Frame, id?: string): string;
  json(frame: Frame, id?: string): JsonFrame;
}

function sse({ event, id, data }: JsonFrame): string {
  const eventLine = event === undefined ? '' : `event: ${event}\n`;
  const idLine = id === undefined ? '' : `id: ${id}\n`;
  // JSON holds no raw line break, so one data line is enough
  return `${eventLine}${idLine}data: ${JSON.stringify(data)}\n\n`;
}

/** Ids only where resuming was asked for: the real server gives no evidence of them. */
export function makeEncoding(style: FrameStyle, withIds: boolean): Encoding {
  function json({ event, data }: Frame, id?: string): JsonFrame {
    const known = id !== undefined && withIds ? { id } : {};
    return style === 'named'
      ? { event, ...known, data }
      : { ...known, data: { type: event, data } };
  }
  return { json, sse: (frame, id) => sse(json(frame, id)) };
}

/** Nobody wants to hear later that somebody was typing: such a frame has no id, and is not told to who was away. */
export function isPassing({ event }: Frame): boolean {
  return event === 'typing';
}
