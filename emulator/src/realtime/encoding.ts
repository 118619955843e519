export interface Frame {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Who caused a frame about a message or a reaction. Not sent. */
  readonly by?: string;
}

export type FrameStyle = 'named' | 'default';
export type Encode = (frame: Frame, id?: string) => string;

/**
 * A frame as server-sent events. Ids only where resuming was asked for: the real server gives no evidence of it.
 * JSON holds no raw line break, so one data line is enough.
 */
export function makeEncode(style: FrameStyle): Encode {
  const idLine = (id: string | undefined) => (id === undefined ? '' : `id: ${id}\n`);
  return style === 'named'
    ? ({ event, data }, id) => `event: ${event}\n${idLine(id)}data: ${JSON.stringify(data)}\n\n`
    : ({ event, data }, id) => `${idLine(id)}data: ${JSON.stringify({ type: event, data })}\n\n`;
}
