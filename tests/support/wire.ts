/** The parts of answers that tests read. The whole shapes are in tests/contract. */
export interface WireMessage {
  readonly message_id: string;
  readonly channel_id: string;
  readonly user_id: string;
  readonly content: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly parent_message_id: string | null;
  readonly created_at: string;
  readonly edited_at: string | null;
  readonly deleted_at: string | null;
  readonly thread_count: number;
  readonly reactions: readonly { readonly emoji: string; readonly count: number }[];
  readonly is_read: boolean;
}

export interface Page {
  readonly messages: readonly WireMessage[];
  readonly has_more: boolean;
  readonly oldest_message_id: string | null;
}

export interface Snapshot {
  readonly channels: readonly {
    readonly channel_id: string;
    readonly slug: string;
    readonly unread_count: number;
    readonly last_message_id: string | null;
  }[];
  readonly active_members: readonly {
    readonly user_id: string;
    readonly username: string;
    readonly status: string;
  }[];
  readonly messages: readonly WireMessage[];
  readonly current_channel: { readonly channel_id: string; readonly slug: string };
  readonly pagination: {
    readonly has_more: boolean;
    readonly oldest_message_id: string | null;
    readonly newest_message_id: string | null;
  };
  readonly fallback_used?: boolean;
  readonly requested_channel?: string;
  readonly fallback_reason?: string;
}

export interface WireError {
  readonly success: false;
  readonly error: { readonly message: string; readonly code: string; readonly statusCode: number };
}

export interface Sent {
  readonly message: WireMessage;
}

export interface Edited {
  readonly data: { readonly message: WireMessage };
}

export interface OneChannel {
  readonly data: { readonly channel: { readonly channel_id: string; readonly slug: string } };
}
