import type { Client } from '../support/client';

interface Row {
  readonly message_id: string;
  readonly created_at: string;
  readonly metadata?: { readonly client_id?: string } | null;
}

interface Page {
  readonly messages: readonly Row[];
  readonly has_more: boolean;
}

/** How far it looks back, for what was written while it looked last. */
const overlapMs = 5_000;

/** Reads by plain requests what the server holds: which nonces, and how often. */
export class Auditor {
  private readonly idsOf = new Map<string, Set<string>>();
  private readonly client: Client;
  private readonly channelId: string;
  private readAfter: number;

  constructor(client: Client, channelId: string, readAfter: number) {
    this.client = client;
    this.channelId = channelId;
    this.readAfter = readAfter;
  }

  /** Reads on. */
  async read(): Promise<void> {
    for (let hasMore = true; hasMore;) {
      const after = new Date(this.readAfter - overlapMs).toISOString();
      const page = await this.page(after);
      for (const { message_id, metadata, created_at } of page.messages) {
        const nonce = metadata?.client_id;
        if (nonce !== undefined) {
          this.idsOf.set(nonce, (this.idsOf.get(nonce) ?? new Set()).add(message_id));
        }
        this.readAfter = Math.max(this.readAfter, Date.parse(created_at));
      }
      hasMore = page.has_more && page.messages.length > 0;
    }
  }

  count(nonce: string): number {
    return this.idsOf.get(nonce)?.size ?? 0;
  }

  private async page(after: string): Promise<Page> {
    const query = new URLSearchParams({ channelId: this.channelId, after, limit: '100' });
    const { body } = await this.client.get<Page>(`/chat/messages?${query.toString()}`);
    return body;
  }
}
