/** Hues that stay apart from each other and from the red that means "busy". */
const hues = [25, 55, 90, 145, 190, 230, 265, 300, 340] as const;

/** A colour that someone keeps everywhere and for ever. */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return hues[(hash >>> 0) % hues.length] ?? hues[0];
}
