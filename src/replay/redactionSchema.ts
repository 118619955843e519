/**
 * What the fields of actions and of the state hold. What is not named here is taken for something that a person said:
 * a new field stays out of recordings until somebody decides that it may be in them.
 */

/**
 * - `id`: an id, or an emoji, which reducers sort and look up by. Kept, unless it is too long to be one.
 * - `word`: a word of a vocabulary of the protocol or of this package. Kept, unless it does not look like one.
 * - `count`: a number or a time, by which reducers calculate. Kept.
 * - `stamps`: numbers of versions, by field. Numbers are kept whatever their names are.
 * - `free`: whatever the app has put there. Names and values are replaced.
 */
type Treatment = 'id' | 'word' | 'count' | 'stamps' | 'free';

const fields: Readonly<Record<Treatment, string>> = {
  id: `
    id channelId userId messageId parentId projectId scopeId currentId currentChannelId viewerId authorId currentChannel
    opId opIds clientId uploadId uploadIds target messageIds channelIds candidates ids keptThreads gone covered anchor
    stream lastEventId emoji key hudhud`,
  word: `
    type op kind status phase source code level cause told resumes side reason role userRole messageType returnsNonce`,
  count: `
    o v n at until now from to before after edge since wholeSince seen base size count total online ordinal epoch attempt attempts
    asOf heardTo absentAsOf absentBefore oldestInFlight trustedFrom startedAs ackedAs
    receivedAt createdAt editedAt updatedAt deletedAt joinedAt lastSeen lastAt openedAt lostAt nextRetryAt retryAt notBefore
    timestamp upTo savedAt lost loaded onlineCount serverCount memberCount unreadCount threadCount events rejected id status
    mean max p50 p90 p99 connectionSuccessRate activeConnections clockSkewMs memoryBytes
    connections authentication deliveries parsing`,
  stamps: 'stamps',
  free: 'metadata',
};

function namesOf(treatment: Treatment): ReadonlySet<string> {
  return new Set(fields[treatment].trim().split(/\s+/));
}

const ids = namesOf('id');
const words = namesOf('word');
const counts = namesOf('count');

/** An id has 128 characters at most, a load's key two of them and some words. */
const maxId = 320;
const word = /^[a-zA-Z][\w/:.-]{0,63}$/;

/** Whether a text under a name may be in a recording as it is. @internal */
export function isKeptText(key: string, value: string): boolean {
  if (ids.has(key)) return value.length <= maxId && !looksSecret(value);
  return words.has(key) && isWord(value);
}

/** Words that were seen: there are few. */
const seen = new Map<string, boolean>();

function isWord(value: string): boolean {
  let is = seen.get(value);
  if (is === undefined) {
    is = word.test(value) && !looksSecret(value);
    if (seen.size < 1_000 && value.length <= 64) seen.set(value, is);
  }
  return is;
}

/** Whether a number under a name may be in a recording as it is. @internal */
export function isKeptNumber(key: string): boolean {
  return counts.has(key);
}

/** @internal */
export const stampsField: string = fields.stamps;
/** @internal */
export const freeField: string = fields.free;

/** Parts of names under which secrets stand. */
const secretNames =
  'authorization|cookie|token|passw|passphrase|pwd|secret|credential|jwt|api[_-]?key|private[_-]?key';
const secretName = new RegExp(secretNames, 'i');
/** By what it begins with, by the name in front of it (of a query, of JSON in a text), or by its place in an address. */
const secretText = new RegExp(
  [
    'eyJ[\\w-]{8}',
    '\\b(?:Bearer|Basic)\\s+\\S',
    `(?:${secretNames})\\w{0,40}(?:=|\\\\*["']\\s*[:=])\\s*[^\\s&]`,
    '//[^\\s/:@]*:[^\\s/@]+@',
  ].join('|'),
  'i',
);

/** Almost all are ids and words: a few quick looks spare them the pattern. */
function mayBeSecret(value: string): boolean {
  return (
    value.includes(' ') ||
    value.includes('eyJ') ||
    value.includes('=') ||
    value.includes('"') ||
    value.includes('@')
  );
}

/** Whether a text looks like a token: then it is in no recording, whatever was asked for (L17). @internal */
export function looksSecret(value: string): boolean {
  return mayBeSecret(value) && secretText.test(value);
}

/** Whether a name says that what is under it is a secret. @internal */
export function namesSecret(key: string): boolean {
  return secretName.test(key);
}
