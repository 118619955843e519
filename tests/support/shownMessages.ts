import type { Page } from 'playwright-core';
import type { Client } from './client';

/** What of a message can be seen, wherever it is looked at. */
interface Seen {
  readonly id: string;
  readonly text: string;
  readonly isEdited: boolean;
  readonly reactions: readonly string[];
}

/** The messages on a page, as they read. */
export function messagesOn(page: Page): Promise<Seen[]> {
  return page.locator('.chat-area .message-row').evaluateAll((rows) =>
    rows.map((row) => {
      const content = row.querySelector('.message-content');
      const text = content?.querySelector('p')?.firstChild?.textContent ?? row.textContent;
      return {
        id: row.getAttribute('data-message-id') ?? 'none yet',
        text,
        isEdited: content?.querySelector('.message-edited') != null,
        reactions: [...row.querySelectorAll<HTMLElement>('.reaction-chip')]
          .map((chip) => {
            const count = chip.querySelector('.reaction-chip-count')?.textContent ?? '';
            return `${chip.dataset['emoji'] ?? ''} ${count}`;
          })
          .sort(),
      };
    }),
  );
}

interface Row {
  readonly message_id: string;
  readonly content: string;
  readonly edited_at: string | null;
  readonly deleted_at: string | null;
  readonly reactions: readonly { readonly emoji: string; readonly count: number }[];
}

/** The same as the database has it. */
export async function messagesIn(client: Client, channel: string): Promise<Seen[]> {
  const { body } = await client.get<{ readonly messages: readonly Row[] }>(
    `/chat/messages?channelId=${channel}&limit=100`,
  );
  return body.messages
    .filter((row) => row.deleted_at === null)
    .map(({ message_id, content, edited_at, reactions }) => ({
      id: message_id,
      text: content,
      isEdited: edited_at !== null,
      reactions: reactions.map(({ emoji, count }) => `${emoji} ${count}`).sort(),
    }));
}
