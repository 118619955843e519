import type { UnknownAction } from '@reduxjs/toolkit';
import { isType } from '../actions/define';
import { channelsReceived, snapshotApplied } from '../actions/history';
import { sessionEnded } from '../actions/session';
import { beforeThisVisit, restored } from '../actions/storage';
import type { ChannelEventsReceived } from '../actions/stream';
import { channelEventsReceived, channelInitialised } from '../actions/stream';
import type { ChannelFact, EpochMs, MessagePreview, ProjectFact } from '../protocol/models';
import { equalJson } from './equalJson';

/**
 * A channel. What was never said is `null`.
 *
 * @public
 */
export interface ChannelRecord {
  readonly id: string;
  readonly projectId: string | null;
  readonly name: string;
  readonly slug: string | null;
  readonly description: string | null;
  readonly isPrivate: boolean;
  readonly createdAt: EpochMs | null;
  readonly memberCount: number | null;
  /** Unread messages as the server last counted them. */
  readonly unreadCount: number | null;
  /** The viewer's role in it. */
  readonly userRole: string | null;
  /** The last message as the server last listed it; `selectChannelPreview` knows newer ones. */
  readonly lastMessage: MessagePreview | null;
  /** Ordinal of the newest fact in it. @internal */
  readonly o: number;
  /** Ordinal of the oldest fact about it: what was asked for later, and does not name it, does not have it. @internal */
  readonly since: number;
}

/** @public */
export interface ChannelsState {
  readonly project: ProjectFact | null;
  /** In the server's order. */
  readonly list: readonly ChannelRecord[];
  /** The channel that the last workspace snapshot was of. */
  readonly currentId: string | null;
  /** @internal */
  readonly gone: readonly GoneChannel[];
}

/** A channel that is gone, and since when: an older answer does not bring it back (L2). @internal */
interface GoneChannel {
  readonly id: string;
  readonly o: number;
  /** It was let go, since it belongs to another project than the one that was opened: it may well be there still. */
  readonly isElsewhere?: true;
}

const initialState: ChannelsState = { project: null, list: [], currentId: null, gone: [] };
const maxGone = 256;

function merge(held: ChannelRecord | undefined, fact: ChannelFact, o: number): ChannelRecord {
  const isNewer = held === undefined || o >= held.o;
  const pick = <T>(said: T | undefined, known: T | undefined, none: T): T => {
    if (said === undefined) return known ?? none;
    return isNewer ? said : (known ?? said);
  };
  const record: ChannelRecord = {
    id: fact.id,
    projectId: pick<string | null>(fact.projectId, held?.projectId, null),
    name: pick(fact.name, held?.name, ''),
    slug: pick<string | null>(fact.slug, held?.slug, null),
    description: pick<string | null>(fact.description, held?.description, null),
    isPrivate: pick(fact.isPrivate, held?.isPrivate, false),
    createdAt: pick<number | null>(fact.createdAt, held?.createdAt, null),
    memberCount: pick<number | null>(fact.memberCount, held?.memberCount, null),
    unreadCount: pick<number | null>(fact.unreadCount, held?.unreadCount, null),
    userRole: pick<string | null>(fact.userRole, held?.userRole, null),
    lastMessage: pick<MessagePreview | null>(fact.lastMessage, held?.lastMessage, null),
    o: Math.max(o, held?.o ?? 0),
    since: Math.min(o, held?.since ?? o),
  };
  if (held === undefined) return record;
  const keys = Object.keys(record) as (keyof ChannelRecord)[];
  const changed = keys.some(
    (key) =>
      key !== 'o' &&
      record[key] !== held[key] &&
      (key !== 'lastMessage' || !equalJson(record[key], held[key])),
  );
  return changed ? record : held;
}

function put(state: ChannelsState, facts: readonly ChannelFact[], o: number): ChannelsState {
  let list = state.list;
  for (const fact of facts) {
    if (state.gone.some((gone) => gone.id === fact.id && gone.o > o)) continue;
    const held = list.find((channel) => channel.id === fact.id);
    const merged = merge(held, fact, o);
    if (merged === held) continue;
    list = held === undefined ? [...list, merged] : list.map((c) => (c === held ? merged : c));
  }
  return list === state.list ? state : { ...state, list };
}

/** How a channel went, at an ordinal or later; `undefined`: it did not. @internal */
export function goneSince(
  { gone }: ChannelsState,
  channelId: string,
  since: number,
): GoneChannel | undefined {
  return gone.find(({ id, o }) => id === channelId && o >= since);
}

function remove(
  state: ChannelsState,
  id: string,
  o: number,
  how: Pick<GoneChannel, 'isElsewhere'> = {},
): ChannelsState {
  const isHeld = state.list.some((channel) => channel.id === id);
  if (!isHeld && goneSince(state, id, o) !== undefined) return state;
  const gone = [...state.gone.filter((known) => known.id !== id), { id, o, ...how }].slice(
    -maxGone,
  );
  return {
    ...state,
    list: state.list.filter((channel) => channel.id !== id),
    currentId: state.currentId === id ? null : state.currentId,
    gone,
  };
}

function receive(state: ChannelsState, payload: ChannelEventsReceived): ChannelsState {
  let next = state;
  let o = payload.ordinal;
  for (const event of payload.events) {
    if (event.op === 'deleted') next = remove(next, event.channelId, o);
    else if (event.channel !== undefined) next = put(next, [event.channel], o);
    o += 1;
  }
  return next;
}

/**
 * What a complete list does not name is gone, unless it became known after the list was asked for.
 *
 * @param openedId - The project that is opened: channels that are known to be of another one are let go.
 */
function keepListed(
  state: ChannelsState,
  facts: readonly ChannelFact[],
  asOf: number,
  { projectId, openedId }: { readonly projectId?: string; readonly openedId?: string },
): ChannelsState {
  const listed = new Set(facts.map((fact) => fact.id));
  const isElsewhere = (channel: ChannelRecord): boolean =>
    openedId !== undefined && channel.projectId !== null && channel.projectId !== openedId;
  return state.list
    .filter((channel) => !listed.has(channel.id) && channel.o <= asOf)
    .filter((channel) => projectId === undefined || channel.projectId === projectId)
    .reduce(
      (next, channel) =>
        remove(next, channel.id, asOf, isElsewhere(channel) ? { isElsewhere: true } : {}),
      state,
    );
}

/** @internal */
export function channelsReducer(
  state: ChannelsState | undefined,
  action: UnknownAction,
): ChannelsState {
  if (state === undefined || isType(action, sessionEnded)) return initialState;
  if (isType(action, snapshotApplied)) {
    const { asOf, channels, currentChannelId, isPartial, project } = action.payload;
    const known = put(state, channels, asOf);
    const next =
      isPartial === true ? known : keepListed(known, channels, asOf, { openedId: project.id });
    return equalJson(project, next.project) && currentChannelId === next.currentId
      ? next
      : { ...next, project, currentId: currentChannelId };
  }
  if (isType(action, channelsReceived)) {
    const { asOf, channels, complete, projectId } = action.payload;
    const next = put(state, channels, asOf);
    const scope = projectId === undefined ? {} : { projectId };
    return complete ? keepListed(next, channels, asOf, scope) : next;
  }
  if (isType(action, channelEventsReceived)) return receive(state, action.payload);
  if (isType(action, restored)) {
    const { channels, currentChannelId, project } = action.payload;
    const fresh = channels.filter(({ id }) => !state.list.some((channel) => channel.id === id));
    const next = put(state, fresh, beforeThisVisit);
    return project === null || next.project !== null
      ? next
      : { ...next, project, currentId: currentChannelId };
  }
  if (isType(action, channelInitialised)) {
    return put(state, [action.payload.event.channel], action.payload.ordinal);
  }
  return state;
}
