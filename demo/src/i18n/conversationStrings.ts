import type { HudhudErrorCode, OperationKind } from '@hudhud/state';

/** The words of messages: what stands in a list, what can be done, and what became of it. */
interface MessageStrings {
  readonly list: (channel: string) => string;
  readonly arriving: string;
  readonly edited: string;
  readonly deleted: string;
  /** It goes out in a moment; until then it can be undone. */
  readonly deleting: string;
  readonly undo: string;
  readonly replies: (count: number) => string;
  readonly gap: string;
  readonly loadGap: string;
  readonly loadingGap: string;
  readonly gapFailed: string;
  readonly loadingOlder: string;
  readonly olderFailed: string;
  readonly loadingNewer: string;
  readonly newerFailed: string;
  readonly beginning: (channel: string) => string;
  readonly empty: (channel: string) => string;
  readonly emptyHint: string;
  readonly failed: string;
  readonly loading: string;
  readonly firstUnread: string;
  readonly unseen: (count: number) => string;
  readonly toLatest: string;
  readonly toFirstUnread: string;
  readonly someone: string;
  readonly automated: string;
  readonly said: (name: string, text: string) => string;
}

interface RowStrings {
  readonly actions: string;
  readonly more: string;
  readonly react: string;
  readonly reply: string;
  readonly edit: string;
  readonly remove: string;
  readonly reactedBy: (emoji: string, names: string) => string;
  readonly others: (count: number) => string;
  readonly pickEmoji: string;
  readonly editLabel: string;
  readonly save: string;
  readonly cancel: string;
  readonly editHint: string;
  readonly download: (name: string) => string;
}

/** Where a row stands that the viewer has written or changed. */
export interface StatusStrings {
  readonly queued: string;
  readonly waitingForFiles: string;
  readonly sending: string;
  readonly sent: string;
  readonly uncertain: string;
  readonly retrying: (reason: string) => string;
  readonly failed: (kind: OperationKind, reason: string) => string;
  readonly retry: string;
  readonly discard: string;
}

interface ComposerStrings {
  readonly label: (channel: string) => string;
  readonly replyLabel: string;
  readonly send: string;
  readonly hint: string;
  readonly failed: (reason: string) => string;
  readonly attach: string;
  readonly drop: string;
  readonly attachments: string;
  readonly characters: (left: number) => string;
  readonly tooMany: (over: number) => string;
}

interface UploadStrings {
  readonly waiting: string;
  readonly done: string;
  readonly progress: (loaded: string, total: string) => string;
  readonly progressOf: (name: string) => string;
  readonly remove: (name: string) => string;
  readonly retry: (name: string) => string;
  readonly failed: (code: HudhudErrorCode | null, most: string) => string;
}

interface ThreadStrings {
  readonly title: string;
  readonly close: string;
  readonly list: string;
  readonly empty: string;
  readonly parentMissing: string;
}

interface JumpStrings {
  readonly open: string;
  readonly date: string;
  readonly go: string;
  readonly latest: string;
  readonly weekAgo: string;
  readonly monthAgo: string;
  readonly going: (day: string) => string;
  readonly arrived: (day: string) => string;
  readonly failed: (day: string) => string;
}

export interface ConversationStrings {
  readonly messages: MessageStrings;
  readonly row: RowStrings;
  readonly status: StatusStrings;
  readonly composer: ComposerStrings;
  readonly upload: UploadStrings;
  readonly thread: ThreadStrings;
  readonly jump: JumpStrings;
}
