import fc from 'fast-check';

import type { EpochMs, FileRef, MessageFact, Reaction } from '../../src/protocol/models';

// Generators of what a server could send: well-meant in any of its spellings, and not.

const id = fc.oneof(fc.uuid(), fc.constantFrom('1', 'm-1', 'x'.repeat(128), '👍'));
const hostileName = fc.constantFrom('__proto__', 'constructor', 'toString', '', 'x'.repeat(200));
const time = fc.integer({ min: 1e12, max: 4e12 });

const wireName = fc.constantFrom(
  ...['type', 'data', 'action', 'message_id', 'messageId', 'id', 'channelId', 'channel_id'],
  ...['user_id', 'userId', 'user', 'username', 'content', 'message', 'created_at', 'timestamp'],
  ...['edited_at', 'is_edited', 'updated_at', 'deleted_at', 'thread_count', 'reactions', 'files'],
  ...['metadata', 'emoji', 'count', 'users', 'status', 'updates', 'channel', 'channels', 'members'],
  ...['isTyping', 'onlineCount', 'last_message', 'last_message_id', 'last_message_content'],
  ...['project', 'projects', 'project_id', 'slug', 'name', 'messages', 'active_members'],
  ...['current_channel', 'pagination', 'stats', 'typing_users', 'total', 'tokens', 'accessToken'],
  ...['expiresIn', 'success', 'error', 'code', 'replies', 'role', 'joined_at', 'email'],
);

const wireValue = fc.oneof(
  fc.constantFrom('text', 'system', 'alert', 'created', 'updated', 'deleted', 'join', 'online'),
  fc.constantFrom('channel_message', 'typing', 'reaction_added', 'channel_updated', 'add', 'c1'),
  fc.constantFrom<unknown>(null, true, false, 0, -0, -1, 1.5, 1e11, 5e15, '7', '1e999'),
  time.map((at) => new Date(at).toISOString()),
  time,
  id,
  hostileName,
  fc.string(),
);

/** JSON text that uses the wire's names, hostile ones among them, around well-meant and hostile values. */
export const hostileJson: fc.Arbitrary<string> = fc
  .letrec<{ value: unknown; object: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      wireValue,
      tie('object'),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
    object: fc.dictionary(fc.oneof({ arbitrary: wireName, weight: 9 }, hostileName), tie('value'), {
      maxKeys: 10,
      noNullPrototype: true,
    }),
  }))
  .object.map((value) => JSON.stringify(value).replaceAll('"1e999"', '1e999'));

/** What must not be seen in a sample. */
export const planted = 'PlantedSecretOfThisTest';

const secret = fc.oneof(
  fc
    .constantFrom('token', 'accessToken', 'refresh_token', 'password', 'newPassword')
    .map((name): [string, unknown] => [name, planted]),
  fc
    .constantFrom(`eyJhbGciOiJIUzI1NiJ9.${planted}.c2ln`, `Bearer ${planted}`)
    .chain((value) => wireName.map((name): [string, unknown] => [name, value])),
);

/** A frame, sound or cut, with a secret in it somewhere. */
export const plantedFrame: fc.Arbitrary<string> = fc
  .record({
    before: fc.dictionary(wireName, wireValue, { maxKeys: 12, noNullPrototype: true }),
    secret,
    after: fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3, noNullPrototype: true }),
    wrap: fc.constantFrom('plain', 'nested', 'text', 'long'),
    cut: fc.option(fc.double({ min: 0.3, max: 1, noNaN: true })),
  })
  .map(({ before, secret: [name, value], after, wrap, cut }) => {
    const body = { ...before, [name]: value, ...after };
    const text = {
      plain: () => JSON.stringify(body),
      nested: () => JSON.stringify({ type: 'confetti', data: [body] }),
      text: () => JSON.stringify({ body: JSON.stringify(body) }),
      long: () => JSON.stringify({ ...body, filler: 'x'.repeat(5000) }),
    }[wrap]();
    return cut === null ? text : text.slice(0, Math.floor(text.length * cut));
  });

const textOrNull = fc.option(fc.string());

const reaction: fc.Arbitrary<Reaction> = fc.record(
  {
    emoji: fc.constantFrom('👍', '🎉', ':+1:'),
    count: fc.nat(),
    users: fc.array(
      fc.record(
        { userId: id, username: textOrNull, at: fc.option(time) },
        { noNullPrototype: true },
      ),
      {
        maxLength: 2,
      },
    ),
    mine: fc.boolean(),
  },
  { requiredKeys: ['emoji', 'count', 'users'], noNullPrototype: true },
);

const file: fc.Arbitrary<FileRef> = fc.record(
  {
    id,
    name: fc.string(),
    mime: fc.option(fc.constant('image/png')),
    size: fc.option(fc.nat()),
    url: textOrNull,
    thumbnailUrl: textOrNull,
  },
  { noNullPrototype: true },
);

const fact: fc.Arbitrary<MessageFact> = fc.record(
  {
    id,
    channelId: id,
    content: fc.string(),
    userId: fc.option(id),
    username: textOrNull,
    fullName: textOrNull,
    avatarUrl: textOrNull,
    parentId: fc.option(id),
    type: fc.constantFrom('text', 'image', 'file', 'system', 'agent'),
    createdAt: time,
    editedAt: fc.option(time),
    updatedAt: fc.option(time),
    threadCount: fc.nat(),
    reactions: fc.array(reaction, { maxLength: 2 }),
    files: fc.array(file, { maxLength: 2 }),
    metadata: fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom(1, 'x', null), {
      noNullPrototype: true,
    }),
    fromAgent: textOrNull,
    isRead: fc.boolean(),
  },
  { requiredKeys: ['id', 'channelId', 'content'], noNullPrototype: true },
);

const aliases: Record<keyof MessageFact, readonly [string, ...string[]]> = {
  id: ['message_id', 'messageId', 'id'],
  channelId: ['channelId', 'channel_id'],
  content: ['content', 'message'],
  userId: ['user_id', 'userId', 'sender_id', 'senderId'],
  username: ['username', 'sender_name', 'senderName'],
  fullName: ['full_name', 'fullName'],
  avatarUrl: ['avatar_url', 'avatarUrl', 'avatar', 'sender_avatar', 'senderAvatar'],
  parentId: ['parent_message_id', 'parentMessageId'],
  type: ['type'],
  createdAt: ['created_at', 'createdAt', 'timestamp'],
  editedAt: ['edited_at', 'editedAt'],
  updatedAt: ['updated_at', 'updatedAt'],
  deletedAt: ['deleted_at', 'deletedAt'],
  threadCount: ['thread_count', 'threadCount'],
  reactions: ['reactions'],
  files: ['files', 'attachments'],
  metadata: ['metadata'],
  fromAgent: ['from_agent', 'fromAgent', 'agent'],
  isRead: ['is_read', 'isRead'],
};

/** Picks numbers below a bound: every free choice of spelling is one draw. */
type Draw = (bound: number) => number;

function writeTime(at: EpochMs | null, draw: Draw): unknown {
  if (at === null) return null;
  const iso = new Date(at).toISOString();
  return [iso, at, String(at), iso.replace('T', ' ').replace('Z', '+00'), iso.slice(0, -1)][
    draw(5)
  ];
}

function writeReaction({ emoji, count, users, mine }: Reaction, draw: Draw): object {
  return {
    emoji,
    count: draw(2) === 0 ? count : String(count),
    users: users.map(({ userId, username, at }) => ({
      [draw(2) === 0 ? 'userId' : 'user_id']: userId,
      username,
      [draw(2) === 0 ? 'createdAt' : 'created_at']: writeTime(at, draw),
    })),
    ...(mine === undefined ? {} : { has_reacted: mine }),
  };
}

function writeFile({ mime, thumbnailUrl, size, ...rest }: FileRef, draw: Draw): object {
  return {
    ...rest,
    [draw(2) === 0 ? 'mimetype' : 'mimeType']: mime,
    size: size === null || draw(2) === 0 ? size : String(size),
    [draw(2) === 0 ? 'thumbnail_url' : 'thumbnailUrl']: thumbnailUrl,
  };
}

function writeValue(key: string, value: unknown, draw: Draw): unknown {
  if (key.endsWith('At')) return writeTime(value as EpochMs | null, draw);
  if (key === 'threadCount') return draw(2) === 0 ? value : String(value);
  if (key === 'reactions') return (value as Reaction[]).map((one) => writeReaction(one, draw));
  if (key === 'files') return (value as FileRef[]).map((one) => writeFile(one, draw));
  return value;
}

function writeMessage(message: MessageFact, isWhole: boolean, draw: Draw): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const key of Object.keys(message) as (keyof MessageFact)[]) {
    const names = key === 'createdAt' && !isWhole ? aliases.createdAt.slice(0, 2) : aliases[key];
    const name = names[draw(names.length)] ?? key;
    row[name] = writeValue(key, message[key], draw);
  }
  const { editedAt, updatedAt } = message;
  // is_edited is a way to write editedAt
  if (editedAt !== undefined && draw(2) === 0) {
    if (editedAt === null) {
      for (const name of aliases.editedAt) Reflect.deleteProperty(row, name);
      row[draw(2) === 0 ? 'is_edited' : 'isEdited'] = false;
    } else if (updatedAt === editedAt) {
      for (const name of aliases.editedAt) Reflect.deleteProperty(row, name);
      row['is_edited'] = true;
    }
  }
  return row;
}

const actions = {
  create: [undefined, 'created', 'new', 'new_message', 'new-message'],
  edit: ['updated', 'edited', 'update', 'edit', 'message_updated'],
  delete: ['deleted', 'delete', 'message_deleted', 'removed'],
} as const;

function writeFrame(type: string, row: object, ownType: boolean, draw: Draw) {
  const shapes = [
    { event: type, payload: row },
    { event: type, payload: { type, data: row } },
    { event: null, payload: { type, data: row } },
    { event: 'message', payload: { type, data: row } },
    ...(ownType ? [] : [{ event: draw(2) === 0 ? null : 'message', payload: { ...row, type } }]),
    ...(type === 'message' ? [{ event: null, payload: row }] : []),
  ];
  return shapes[draw(shapes.length)] ?? { event: type, payload: row };
}

/** A frame about a message, in one of the many ways to say it, and what it has to decode to. */
export const messageFrame: fc.Arbitrary<{
  readonly expected: object;
  readonly event: string | null;
  readonly payload: object;
}> = fc
  .record({
    message: fact,
    op: fc.constantFrom('create', 'edit', 'delete'),
    type: fc.constantFrom('message', 'channel_message', 'broadcast'),
    isPartial: fc.boolean(),
    isEditDated: fc.boolean(),
    deletedAt: fc.option(time),
    draws: fc.infiniteStream(fc.nat()),
  })
  .map(({ message, op, type, isPartial, isEditDated, deletedAt, draws }) => {
    const draw: Draw = (bound) => Number(draws.next().value) % bound;
    let said = message;
    if (isEditDated && typeof said.updatedAt === 'number') {
      said = { ...said, editedAt: said.updatedAt };
    }
    if (isPartial && op !== 'create') {
      const { channelId: _channel, ...rest } = said;
      said = rest;
    }
    if (op === 'delete' && deletedAt !== null) said = { ...said, deletedAt };
    const row = writeMessage(said, op === 'create', draw);
    const action = actions[op][draw(actions[op].length)];
    const body = action === undefined ? row : { ...row, action };
    return {
      expected: { type, op, message: said },
      ...writeFrame(type, body, said.type !== undefined, draw),
    };
  });
