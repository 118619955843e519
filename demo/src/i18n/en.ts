import { enConversation } from './enConversation';
import { enError } from './enErrors';
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
  error: enError,
  ...enConversation,

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
    cached: (when) => `These messages are from your last visit, ${when}.`,
    storageFailed:
      'This browser keeps nothing at the moment: what is not sent is lost when the page closes.',
    storageLost: plural({
      one: '# unsent message of your last visit could not be read and is lost.',
      other: '# unsent messages of your last visit could not be read and are lost.',
    }),
  },

  channels: {
    title: 'Channels',
    filter: 'Find a channel',
    open: 'Show channels',
    noneMatch: 'No channel has that name.',
    isPrivate: 'Private channel',
    unread: plural({ one: '# unread message', other: '# unread messages' }),
    unreadAtLeast: plural({
      one: 'at least # unread message',
      other: 'at least # unread messages',
    }),
    noMessages: 'No messages yet',
  },

  topBar: {
    online: plural({ one: '# online', other: '# online' }),
    showMembers: 'Members',
    connection: {
      live: 'Live',
      delayed: 'Delayed',
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
    failed: 'Hudhud could not connect.',
    degraded: 'Live updates do not come through here. New messages appear a little later.',
    signInAgain: 'Your session has ended. Sign in again to go on.',
    buttons: { retry: 'Retry now', refresh: 'Refresh', signIn: 'Sign in' },
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

  typing: {
    one: (name) => `${name} is typing`,
    two: (first, second) => `${first} and ${second} are typing`,
    many: plural({ one: '# person is typing', other: '# people are typing' }),
  },

  menu: {
    open: 'Settings',
    language: 'Language',
    theme: 'Appearance',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    keeping: 'Kept on this device',
    keepings: { unsent: 'Unsent only', messages: 'Recent messages' },
    diagnostics: 'Copy diagnostics',
    diagnosticsHint: 'For a report of a problem. No names and no messages are in it.',
    diagnosed: {
      copied: 'Copied. Paste it into your report.',
      saved: 'This browser did not let it be copied, so it was saved as a file.',
      failed: 'It could be neither copied nor saved.',
    },
    signOut: 'Sign out',
  },

  notices: {
    region: 'Notifications',
    notDone: plural({
      one: 'An action did not go through',
      other: '# actions did not go through',
    }),
    notUploaded: plural({
      one: 'A file was not uploaded',
      other: '# files were not uploaded',
    }),
  },

  time: { today: 'Today', yesterday: 'Yesterday', now: 'now' },
};
