/** What stands beside sentences, or instead of them. */
export const emoji = [
  '👍',
  '🎉',
  '❤️',
  '😄',
  '👀',
  '🙏',
  '🚀',
  '☕',
  '🤔',
  '✅',
  '🔥',
  '👏🏽',
] as const;

export const links = [
  'https://hudhud.example/docs/stream',
  'https://hudhud.example/board/42',
  'https://hudhud.example/runs/1187',
  'https://status.hudhud.example/',
  'https://example.com/articles/right-to-left?lang=ar#numbers',
] as const;

export const snippets = [
  '```ts\nconst unread = messages.filter((message) => !message.is_read);\n```',
  "```sql\nselect count(*) from messages\nwhere created_at > now() - interval '1 hour';\n```",
  '```\nGET /api/chat/messages 200 14 ms\nGET /api/chat/messages 200 11 ms\nPOST /api/chat/typing 200 3 ms\n```',
  'try `npm run check` first, it tells you which one',
  '```css\n.message { unicode-bidi: plaintext; text-align: start; }\n```',
] as const;

export const mixed = [
  'الـ build صار green ✅',
  'ممكن تعمل review للـ pull request قبل الـ standup؟',
  'I will ask the Riyadh team, إن شاء الله غدًا',
  'الـ deploy بعد الـ lunch، تمام؟',
  'Ok تمام, merging now',
  'شكرًا! I owe you a coffee ☕',
] as const;

export const agentLines = [
  'nightly run 1187: started',
  'nightly run 1187: install ok (31 s)',
  'nightly run 1187: types ok (2 s)',
  'nightly run 1187: tests ok (412 passed)',
  'nightly run 1187: bundle ok (19 kB)',
  'nightly run 1187: finished',
] as const;
