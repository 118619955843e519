/** Wraps a name in isolating marks, so that its direction does not disturb the sentence around it. */
export function isolate(name: string): string {
  return `\u2068${name}\u2069`;
}
