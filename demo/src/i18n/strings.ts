import type { HudhudErrorCode, PresenceStatus } from '@hudhud/state';
import type { ConversationStrings } from './conversationStrings';

/** Someone's status, or `unknown` while the stream that would tell is closed. */
export type KnownStatus = PresenceStatus | 'unknown';

/** Every word of the page. Names inside of sentences come isolated, so that their direction stays their own. */
export interface Strings extends ConversationStrings {
  readonly appName: string;
  readonly skipToMessages: string;
  readonly retry: string;
  readonly dismiss: string;
  readonly close: string;
  readonly you: string;
  readonly error: (code: HudhudErrorCode | null) => string;

  readonly signIn: {
    readonly title: string;
    readonly lead: string;
    readonly people: string;
    readonly continueAs: (name: string) => string;
    readonly or: string;
    readonly username: string;
    readonly password: string;
    readonly submit: string;
    readonly busy: string;
    readonly restoring: string;
    readonly wrongPassword: string;
    readonly missing: string;
    readonly expired: string;
  };

  readonly workspace: {
    readonly loading: string;
    readonly failed: string;
    readonly redirected: (name: string) => string;
    /** Messages are shown as an earlier visit knew them. */
    readonly cached: (when: string) => string;
    readonly storageFailed: string;
    readonly storageLost: (count: number) => string;
  };

  readonly channels: {
    readonly title: string;
    readonly filter: string;
    readonly open: string;
    readonly noneMatch: string;
    readonly isPrivate: string;
    readonly unread: (count: number) => string;
    /** More may be unread than is known. */
    readonly unreadAtLeast: (count: number) => string;
    readonly noMessages: string;
  };

  readonly topBar: {
    readonly online: (count: number) => string;
    readonly showMembers: string;
    readonly connection: Readonly<
      Record<'live' | 'delayed' | 'connecting' | 'reconnecting' | 'off', string>
    >;
  };

  readonly connection: {
    readonly lost: string;
    readonly retryIn: (seconds: number) => string;
    readonly tryingNow: string;
    readonly noNetwork: string;
    readonly failed: string;
    readonly degraded: string;
    readonly signInAgain: string;
    readonly buttons: Readonly<Record<'retry' | 'refresh' | 'signIn', string>>;
  };

  readonly members: {
    readonly title: string;
    readonly present: string;
    readonly absent: string;
    readonly unknown: string;
    readonly unknownHint: string;
    readonly role: (role: string) => string | null;
    readonly lastSeen: (when: string) => string;
  };

  readonly presence: Readonly<Record<KnownStatus, string>>;

  readonly typing: {
    readonly one: (name: string) => string;
    readonly two: (first: string, second: string) => string;
    readonly many: (count: number) => string;
  };

  readonly menu: {
    readonly open: string;
    readonly language: string;
    readonly theme: string;
    readonly themes: Readonly<Record<'system' | 'light' | 'dark', string>>;
    readonly keeping: string;
    readonly keepings: Readonly<Record<'unsent' | 'messages', string>>;
    readonly diagnostics: string;
    readonly diagnosticsHint: string;
    readonly diagnosed: Readonly<Record<'copied' | 'saved' | 'failed', string>>;
    readonly signOut: string;
  };

  readonly notices: {
    /** Names the place where they appear. */
    readonly region: string;
    readonly notDone: (count: number) => string;
    readonly notUploaded: (count: number) => string;
  };

  readonly time: {
    readonly today: string;
    readonly yesterday: string;
    readonly now: string;
  };
}
