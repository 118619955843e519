export interface Frame {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Who caused a frame about a message or a reaction. Not sent. */
  readonly by?: string;
}

export type FrameStyle = 'named' | 'default';
export type Encode = (frame: Frame) => string;

/**
 * A frame as server-sent events. No `id:` lines: the real server gives no evidence of resuming. JSON holds no
 * raw line break, so one data line is enough.
 */
export function makeEncode(style: FrameStyle): Encode {
  return style === 'named'
    ? ({ event, data }) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
    : ({ event, data }) => `data: ${JSON.stringify({ type: event, data })}\n\n`;
}
