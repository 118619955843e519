/** A piece of a message. All of it becomes text nodes: nothing a person writes is ever taken as HTML. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

export type Block =
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string };

const fence = /```(?:[\w+-]*\n)?([\s\S]*?)```/g;
const special = /`([^`\n]+)`|(https?:\/\/[^\s<>"'`]+)/gi;

/** What ends a sentence, and a bracket that was opened before the address, are not part of it. */
function trimLink(found: string): string {
  const link = found.replace(/[.,;:!?،؛؟…]+$/u, '');
  return link.endsWith(')') && !link.includes('(') ? trimLink(link.slice(0, -1)) : link;
}

/** Only http and https ever become something to click. */
function hrefOf(link: string): string | null {
  if (!URL.canParse(link)) return null;
  const { protocol, href } = new URL(link);
  return protocol === 'http:' || protocol === 'https:' ? href : null;
}

function parseInlines(text: string): Inline[] {
  const inlines: Inline[] = [];
  let done = 0;
  const upTo = (end: number) => {
    if (end > done) inlines.push({ kind: 'text', text: text.slice(done, end) });
    done = end;
  };
  for (const match of text.matchAll(special)) {
    const [, code, url] = match;
    if (code !== undefined) {
      upTo(match.index);
      inlines.push({ kind: 'code', text: code });
      done = match.index + match[0].length;
    } else if (url !== undefined) {
      const link = trimLink(url);
      const href = hrefOf(link);
      if (href === null) continue;
      upTo(match.index);
      inlines.push({ kind: 'link', text: link, href });
      done = match.index + link.length;
    }
  }
  upTo(text.length);
  return inlines;
}

/** Splits a message into code blocks and paragraphs. */
export function parseContent(content: string): Block[] {
  const blocks: Block[] = [];
  let done = 0;
  const upTo = (end: number) => {
    const text = content.slice(done, end).replace(/^\n+|\s+$/g, '');
    for (const part of text.split(/\n{2,}/)) {
      if (part.trim() !== '') blocks.push({ kind: 'paragraph', inlines: parseInlines(part) });
    }
  };
  for (const match of content.matchAll(fence)) {
    upTo(match.index);
    blocks.push({ kind: 'code', text: (match[1] ?? '').replace(/\n$/, '') });
    done = match.index + match[0].length;
  }
  upTo(content.length);
  return blocks;
}

const emojiPart =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\s/gu;
const mostBigCharacters = 24;

/** A few emoji and nothing else: they may be big. */
export function isEmojiOnly(content: string): boolean {
  return (
    content.length <= mostBigCharacters &&
    content.trim() !== '' &&
    content.replace(emojiPart, '') === ''
  );
}
