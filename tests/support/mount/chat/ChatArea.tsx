// chat/ChatArea.tsx
'use client';

import type { FormEvent } from 'react';
import type { MessageRow } from '@hudhud/state';
import {
  useHudhud,
  useMessageActions,
  useRealtimeMessages,
  useSendMessage,
  useTypingUsers,
} from '@hudhud/state/react';

function Row({ row }: { row: MessageRow }) {
  const { remove, retry, discard } = useMessageActions(row.channelId);
  const target = row.id ?? row.clientId ?? '';
  const { author, pending } = row;
  return (
    <li>
      {!row.isGrouped && <strong>{author?.fullName ?? author?.username ?? '…'}</strong>}{' '}
      {row.isDeleted ? <em>deleted</em> : row.content}
      {row.isEdited && ' (edited)'}
      {row.status === 'failed' && pending !== null && (
        <>
          {` not done: ${pending.code ?? ''}`}
          <button onClick={() => retry(pending.opId)}>Again</button>
          <button onClick={() => discard(pending.opId)}>Never mind</button>
        </>
      )}
      {row.canDelete && <button onClick={() => remove(target)}>Delete</button>}
    </li>
  );
}

export function ChatArea({ channelId }: { channelId: string }) {
  const { rest } = useHudhud();
  const send = useSendMessage(channelId);
  const { messages, gaps, hasOlder, isKnown, isLoading, error, loadOlder, fillGap } =
    useRealtimeMessages(channelId);
  const typing = useTypingUsers(channelId);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const sent = send(String(new FormData(form).get('content')));
    if (sent.ok) form.reset();
  };

  return (
    <section>
      {hasOlder && isKnown && (
        <button onClick={loadOlder} disabled={isLoading}>
          Older messages
        </button>
      )}
      {gaps.map((gap) => (
        <button key={gap.after} onClick={() => fillGap(gap)}>
          Messages in between
        </button>
      ))}
      {error !== null && <p role="alert">Not loaded: {error}</p>}
      <ol>
        {messages.map((row) => (
          <Row key={row.key} row={row} />
        ))}
      </ol>
      <p>{typing.map((user) => `${user.username ?? 'Someone'} is typing…`).join(' ')}</p>
      <form onSubmit={submit}>
        <input
          name="content"
          onChange={() => {
            rest.typing(channelId).catch(() => undefined);
          }}
        />
        <button>Send</button>
      </form>
    </section>
  );
}
