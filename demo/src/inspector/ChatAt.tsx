import { useLayoutEffect, useRef, useState } from 'react';
import type { HudhudSelectors } from '@hudhud/state';
import type { Moment } from './openLog';

interface ChatAtProps {
  readonly root: Moment['root'];
  readonly selectors: HudhudSelectors;
}

const shown = 60;

/** The chat as it looked: the app's own selectors over the state of a position. */
export function ChatAt({ root, selectors }: ChatAtProps) {
  const state = root;
  const [picked, setPicked] = useState<string | null>(null);
  const list = useRef<HTMLOListElement>(null);
  // the newest one is what a step has most likely changed
  useLayoutEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  });
  const { messages, outbox } = selectors.selectHudhud(state);
  const ids = [...new Set([...messages.channels, ...outbox.channels].map((one) => one.channelId))];
  const channelId = picked !== null && ids.includes(picked) ? picked : (ids[0] ?? null);
  const nameOf = (id: string): string => selectors.selectChannel(state, id)?.name ?? id.slice(0, 8);
  const rows = channelId === null ? [] : selectors.selectTimeline(state, channelId);
  return (
    <section className="inspector-chat" aria-label="The chat as it looked">
      <header>
        <h2>Chat</h2>
        {ids.length > 0 && (
          <label>
            <span className="visually-hidden">Channel</span>
            <select
              value={channelId ?? ''}
              onChange={(event) => {
                setPicked(event.target.value);
              }}
            >
              {ids.map((id) => (
                <option key={id} value={id}>
                  #{nameOf(id)}
                </option>
              ))}
            </select>
          </label>
        )}
      </header>
      {rows.length === 0 && <p className="inspector-none">No messages are held here yet.</p>}
      {rows.length > shown && <p className="inspector-none">{rows.length - shown} older ones</p>}
      <ol ref={list} tabIndex={0} aria-label="Messages">
        {rows.slice(-shown).map((row) => (
          <li key={row.key} data-pending={row.pending === null ? undefined : row.pending.status}>
            <span className="who">{row.author?.username ?? 'somebody'}</span>{' '}
            <time>{new Date(row.createdAt).toLocaleTimeString()}</time>
            <p dir="auto">{row.isDeleted ? <em>deleted</em> : row.content}</p>
            {row.pending !== null && <span className="badge">{row.pending.status}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
