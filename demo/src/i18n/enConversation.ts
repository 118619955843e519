import type { ConversationStrings } from './conversationStrings';
import { makePlural } from './plural';

const plural = makePlural('en');

export const enConversation: ConversationStrings = {
  messages: {
    list: (channel) => `Messages in ${channel}`,
    arriving: 'New messages',
    edited: 'edited',
    deleted: 'This message was deleted.',
    undo: 'Undo',
    deleting: 'Message deleted',
    replies: plural({ one: '# reply', other: '# replies' }),
    gap: 'Some messages may be missing',
    loadGap: 'Load',
    loadingGap: 'Loading…',
    gapFailed: 'They could not be loaded',
    loadingOlder: 'Loading older messages',
    olderFailed: 'Older messages could not be loaded.',
    loadingNewer: 'Loading newer messages',
    newerFailed: 'Newer messages could not be loaded.',
    beginning: (channel) => `This is where ${channel} begins.`,
    empty: (channel) => `Nothing in ${channel} yet`,
    emptyHint: 'Say hello. The first message is always the hardest.',
    failed: 'The messages could not be loaded',
    loading: 'Loading messages',
    firstUnread: 'New messages',
    unseen: plural({ one: '# new message', other: '# new messages' }),
    toLatest: 'Jump to the latest',
    toFirstUnread: 'Jump to new messages',
    someone: 'Someone',
    automated: 'Agent',
    said: (name, text) => `${name}: ${text}`,
  },

  row: {
    actions: 'Message actions',
    more: 'More',
    react: 'React',
    reply: 'Reply in thread',
    edit: 'Edit',
    remove: 'Delete',
    reactedBy: (emoji, names) => `${emoji} from ${names}`,
    others: plural({ one: '# other', other: '# others' }),
    pickEmoji: 'Choose a reaction',
    editLabel: 'Edit message',
    save: 'Save',
    cancel: 'Cancel',
    editHint: 'Enter saves, Esc cancels',
    download: (name) => `Download ${name}`,
  },

  status: {
    queued: 'Waiting to be sent',
    waitingForFiles: 'Waiting for the files',
    sending: 'Sending',
    sent: 'Sent',
    uncertain: 'Checking whether it arrived…',
    retrying: (reason) => `Not sent yet. ${reason} It is tried again.`,
    failed(kind, reason) {
      if (kind === 'edit') return `The change was not saved. ${reason}`;
      return kind === 'delete' ? `Not deleted. ${reason}` : `Not sent. ${reason}`;
    },
    retry: 'Retry',
    discard: 'Discard',
  },

  composer: {
    label: (channel) => `Message ${channel}`,
    replyLabel: 'Reply',
    send: 'Send',
    hint: 'Enter sends, Shift + Enter starts a new line, the up arrow edits the last message',
    failed: (reason) => `Not sent. ${reason}`,
    attach: 'Attach files',
    drop: 'Drop files to attach them',
    attachments: 'Attached files',
    characters: plural({ one: '# character left', other: '# characters left' }),
    tooMany: plural({ one: '# character too many', other: '# characters too many' }),
  },

  upload: {
    waiting: 'Waiting',
    done: 'Ready',
    progress: (loaded, total) => `${loaded} of ${total}`,
    progressOf: (name) => `Upload of ${name}`,
    remove: (name) => `Remove ${name}`,
    retry: (name) => `Upload ${name} again`,
    failed(code, most) {
      switch (code) {
        case 'UPLOAD_TOO_LARGE':
          return `Larger than ${most}`;
        case 'ATTACHMENT_LOST':
          return 'No longer at hand';
        case 'NETWORK':
        case 'TIMEOUT':
          return 'No connection';
        case 'NOT_FOUND':
          return 'The server takes no files';
        default:
          return 'Upload failed';
      }
    },
  },

  thread: {
    title: 'Thread',
    close: 'Close thread',
    list: 'Replies',
    empty: 'No replies yet. Write the first one.',
    parentMissing: 'The message that was replied to is not here.',
  },

  jump: {
    open: 'Go to a date',
    date: 'Date',
    go: 'Go',
    latest: 'Latest',
    weekAgo: 'A week ago',
    monthAgo: 'A month ago',
    going: (day) => `Going to ${day}…`,
    arrived: (day) => `Messages of ${day}`,
    failed: (day) => `${day} could not be loaded.`,
  },
};
