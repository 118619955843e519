import { makePlural } from './plural';
import type { Strings } from './strings';

const plural = makePlural('en');

export const en: Strings = {
  appName: 'Hudhud',
  skipToMessages: 'Skip to messages',
  retry: 'Try again',
  dismiss: 'Dismiss',
  close: 'Close',
  you: 'You',
  error: (code) => {
    switch (code) {
      case 'NETWORK':
        return 'The server cannot be reached. Check your connection.';
      case 'TIMEOUT':
        return 'The server took too long to answer.';
      case 'RATE_LIMITED':
        return 'That was a little fast. Wait a moment and try again.';
      case 'UNAUTHORIZED':
        return 'Your session has ended. Sign in again.';
      case 'FORBIDDEN':
      case 'STREAM_REFUSED':
        return 'You have no access here.';
      case 'NOT_FOUND':
        return 'It is no longer there.';
      case 'SERVER_ERROR':
        return 'The server had a problem. Try again in a moment.';
      default:
        return 'Something went wrong. Try again.';
    }
  },

  signIn: {
    title: 'Welcome to Hudhud',
    lead: 'Choose who you are today.',
    people: 'People to sign in as',
    continueAs: (name) => `Continue as ${name}`,
    or: 'or with a password',
    username: 'Username or email',
    password: 'Password',
    submit: 'Sign in',
    busy: 'Signing in…',
    restoring: 'Picking up where you left off…',
    wrongPassword: 'That name and password do not go together.',
    missing: 'Fill in both fields.',
    expired: 'Your session has ended. Sign in again to go on.',
  },

  workspace: {
    loading: 'Loading the workspace',
    failed: 'The workspace could not be loaded',
    redirected: (name) => `That channel is not available, so here is ${name}.`,
  },

  channels: {
    title: 'Channels',
    filter: 'Find a channel',
    open: 'Show channels',
    noneMatch: 'No channel has that name.',
    isPrivate: 'Private channel',
    unread: plural({ one: '# unread message', other: '# unread messages' }),
    noMessages: 'No messages yet',
  },

  topBar: {
    online: plural({ one: '# online', other: '# online' }),
    showMembers: 'Members',
    connection: {
      live: 'Live',
      connecting: 'Connecting',
      reconnecting: 'Reconnecting',
      off: 'Not connected',
    },
  },

  connection: {
    lost: 'The connection was lost. What you see may be out of date.',
    retryIn: plural({
      one: 'Trying again in # second',
      other: 'Trying again in # seconds',
    }),
    tryingNow: 'Trying now…',
    noNetwork: 'You are offline. Hudhud goes on as soon as the network is back.',
    failed: 'Hudhud could not connect and has stopped trying.',
    retryNow: 'Retry now',
  },

  members: {
    title: 'Members',
    present: 'Online',
    absent: 'Offline',
    unknown: 'Everyone',
    unknownHint: 'Who is here is not known while the connection is down.',
    role: (role) => (role === 'admin' ? 'Admin' : role === 'moderator' ? 'Moderator' : null),
    lastSeen: (when) => `Seen ${when}`,
  },

  presence: {
    online: 'Online',
    away: 'Away',
    busy: 'Busy',
    offline: 'Offline',
    unknown: 'Not known',
  },

  messages: {
    list: (channel) => `Messages in ${channel}`,
    arriving: 'New messages',
    edited: 'edited',
    deleted: 'This message was deleted.',
    replies: plural({ one: '# reply', other: '# replies' }),
    reactedBy: (emoji, names) => `${emoji} from ${names}`,
    others: plural({ one: '# other', other: '# others' }),
    gap: 'Messages may be missing here',
    loadGap: 'Load them',
    loadingOlder: 'Loading older messages',
    olderFailed: 'Older messages could not be loaded.',
    beginning: (channel) => `This is where ${channel} begins.`,
    empty: (channel) => `Nothing in ${channel} yet`,
    emptyHint: 'Say hello. The first message is always the hardest.',
    failed: 'The messages could not be loaded',
    loading: 'Loading messages',
    unseen: plural({ one: '# new message', other: '# new messages' }),
    toLatest: 'Jump to the latest',
    someone: 'Someone',
    automated: 'Agent',
    said: (name, text) => `${name}: ${text}`,
  },

  typing: {
    one: (name) => `${name} is typing`,
    two: (first, second) => `${first} and ${second} are typing`,
    many: plural({ one: '# person is typing', other: '# people are typing' }),
  },

  composer: {
    label: (channel) => `Message ${channel}`,
    send: 'Send',
    hint: 'Enter sends, Shift + Enter starts a new line',
    failed: (reason) => `Not sent. ${reason}`,
  },

  menu: {
    open: 'Settings',
    language: 'Language',
    theme: 'Appearance',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    signOut: 'Sign out',
  },

  notices: { system: 'Notice', alert: 'Alert' },

  time: { today: 'Today', yesterday: 'Yesterday', now: 'now' },
};
