const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function firstLetter(word: string): string {
  for (const { segment } of segments.segment(word)) return segment;
  return '';
}

/**
 * One or two letters that stand for a name. Arabic gets one: two would join into something that reads as a word, and
 * the second one is mostly an article.
 */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return '?';
  const start = firstLetter(first);
  if (words.length === 1 || /\p{Script=Arabic}/u.test(start)) return start.toUpperCase();
  return (start + firstLetter(last)).toUpperCase();
}
