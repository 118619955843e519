/* eslint-disable @typescript-eslint/no-unused-vars, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- nothing here runs: values exist for their types, and some must not compile */
import { configureStore } from '@reduxjs/toolkit';
import type {
  ConnectionPhase,
  ConnectionStatus,
  Hudhud,
  HudhudAction,
  HudhudErrorCode,
  HudhudOptions,
  HudhudState,
  MessageFact,
  MessageRecord,
  PageCursor,
  PageOfIds,
  SendRequested,
  ServerEvent,
  WorkspaceResult,
} from '@hudhud/state';
import {
  configFromEnv,
  connectionChanged,
  conversationReceived,
  createHudhud,
  createHudhudStore,
  hudhudCheckOptions,
  isHudhudError,
  pageReceived,
  RealtimeService,
  sessionEnded,
} from '@hudhud/state';
import { isSame } from './expectType';

declare const hudhud: Hudhud;

// options
createHudhud({ baseUrl: '/api' });
createHudhud({ baseUrl: '/api', ...configFromEnv() });
// @ts-expect-error -- the one option without a default
createHudhud({});
// @ts-expect-error -- no such option
createHudhud({ baseUrl: '/api', url: '/x' });
// @ts-expect-error -- a number
createHudhud({ baseUrl: '/api', pageSize: '50' });
// @ts-expect-error -- no such flag
createHudhud({ baseUrl: '/api', flags: { enableMagic: true } });
isSame<HudhudOptions['tokens'], { getToken(): null } | undefined>(false);

// mounting, beside slices of the host
const store = configureStore({
  reducer: { hudhud: hudhud.reducer, todos: (state: string[] = []) => state },
  middleware: (getDefault) => getDefault(hudhudCheckOptions()).prepend(hudhud.middleware),
});
isSame<ReturnType<typeof store.getState>['hudhud'], HudhudState>(true);
isSame<ReturnType<typeof store.getState>['todos'], string[]>(true);
const made = createHudhudStore({ baseUrl: '/api' });
isSame<typeof made.hudhud, Hudhud>(true);

// queries: mounted under their key, asked by dispatching, read from the host's state as it is
const queried = configureStore({
  reducer: { hudhud: hudhud.reducer, hudhudApi: hudhud.api.reducer },
  middleware: (getDefault) => getDefault(hudhudCheckOptions()).prepend(hudhud.middleware),
});
const { endpoints } = hudhud.api;
void queried.dispatch(endpoints.messages.initiate({ channelId: 'c' }));
void made.store.dispatch(endpoints.messages.initiate({ channelId: 'c' }));
const paged = endpoints.messages.select({ channelId: 'c' })(queried.getState());
isSame<NonNullable<typeof paged.data>['pages'], PageOfIds[]>(true);
isSame<NonNullable<typeof paged.data>['pageParams'], PageCursor[]>(true);
const asked = endpoints.workspace.select({ projectSlug: 'p', channelSlug: 'c' })(
  made.store.getState(),
);
isSame<typeof asked.data, WorkspaceResult | undefined>(true);
// reads only: nothing of the outbox is an endpoint
isSame<Extract<keyof typeof endpoints, `send${string}` | `login${string}`>, never>(true);
// @ts-expect-error -- a channel is named
endpoints.messages.initiate({});
// @ts-expect-error -- without the reducer there is nothing to read
endpoints.messages.select({ channelId: 'c' })(store.getState());

// selectors take the host's state as it is
const rows = hudhud.selectors.selectMessages(store.getState(), 'c');
isSame<typeof rows, readonly MessageRecord[]>(true);
isSame<ReturnType<Hudhud['selectors']['selectConnectionStatus']>, ConnectionStatus>(true);
// @ts-expect-error -- a channel is named
hudhud.selectors.selectMessages(store.getState());

// what is held cannot be written to
declare const row: MessageRecord;
// @ts-expect-error -- readonly
row.content = 'x';
// @ts-expect-error -- readonly
row.reactions.push();
// @ts-expect-error -- readonly
rows[0] = row;
isSame<MessageRecord['createdAt'], number>(true);
isSame<MessageRecord['parentId'], string | null>(true);

// actions for components, and their payloads
const opened = hudhud.actions.channelOpened({ channelId: 'c' });
isSame<typeof opened.payload.channelId, string>(true);
store.dispatch(opened);
store.dispatch(hudhud.actions.loadHistory({ channelId: 'c', parentId: null, side: 'older' }));
store.dispatch(hudhud.actions.loadHistory({ channelId: 'c', parentId: 'm', side: 'newer' }));
hudhud.actions.loadHistory({ channelId: 'c', parentId: null, side: 'older', edge: 1 });
hudhud.actions.loadHistory({ channelId: 'c', parentId: null, side: 'around', at: 1 });
// @ts-expect-error -- a closed set of sides
hudhud.actions.loadHistory({ channelId: 'c', parentId: null, side: 'left' });
// @ts-expect-error -- around what
hudhud.actions.loadHistory({ channelId: 'c', parentId: null, side: 'around' });
// @ts-expect-error -- the newest page has no edge
hudhud.actions.loadHistory({ channelId: 'c', parentId: null, side: 'newest', edge: 1 });
hudhud.actions.fillGap({ channelId: 'c', parentId: null, after: 1, before: 2 });
hudhud.actions.jumpTo({ channelId: 'c', parentId: null, at: 1 });
// @ts-expect-error -- a parent is said, if only that there is none
hudhud.actions.loadHistory({ channelId: 'c', side: 'older' });
sessionEnded({ reason: 'logout' });
// @ts-expect-error -- a closed set of reasons
sessionEnded({ reason: 'bored' });

// actions of ours in a reducer of the host
function count(state: number, action: { type: string }): number {
  if (conversationReceived.match(action)) {
    isSame<typeof action.payload.receivedAt, number>(true);
    return state + action.payload.events.length;
  }
  if (pageReceived.match(action)) return action.payload.messages.length;
  if (connectionChanged.match(action)) {
    isSame<typeof action.payload.phase, ConnectionPhase>(true);
    isSame<
      ConnectionPhase,
      | 'idle'
      | 'connecting'
      | 'open'
      | 'waiting'
      | 'offline'
      | 'suspended'
      | 'authRequired'
      | 'failed'
    >(true);
  }
  return state;
}
count(0, opened);
isSame<typeof conversationReceived.type, 'stream/conversationReceived'>(true);

// a subscriber gets the events of its type
const end = hudhud.subscribe('channel_message', (event) => {
  isSame<typeof event.op, 'create' | 'edit' | 'delete'>(true);
  isSame<typeof event.message, MessageFact>(true);
});
isSame<typeof end, () => void>(true);
hudhud.subscribe('message', (event) => event.message.id);
hudhud.subscribe('broadcast', (event) => {
  isSame<typeof event.op, 'create' | 'edit' | 'delete' | 'notice'>(true);
  if (event.op === 'notice') isSame<typeof event.level, 'system' | 'alert'>(true);
  else isSame<typeof event.message, MessageFact>(true);
});
hudhud.subscribe('presence', (event) => event.userId);
hudhud.subscribe('typing', (event) => event.isTyping);
hudhud.subscribe('init', (event) => event.channelIds?.length);
// @ts-expect-error -- presence has no message
hudhud.subscribe('presence', (event) => event.message);
// @ts-expect-error -- no such type of event
hudhud.subscribe('voice_call', () => undefined);
// one handler for all
const log = (event: ServerEvent) => event.type;
hudhud.subscribe('message', log);
hudhud.unsubscribe('message', log);
new RealtimeService().on('reaction', (event) => event.emoji);
// @ts-expect-error -- a token belongs to it
new RealtimeService().connect({ url: '/x' });

// errors
const caught: unknown = null;
if (isHudhudError(caught)) {
  isSame<typeof caught.code, HudhudErrorCode>(true);
  // @ts-expect-error -- a closed union
  if (caught.code === 'OOPS') throw caught;
}

// signing in and sending
isSame<ReturnType<Hudhud['actions']['sendMessage']>, HudhudAction<SendRequested>>(true);
// @ts-expect-error -- a password belongs to it
void hudhud.auth.login({ username: 'lina' });
// @ts-expect-error -- a text belongs to it
hudhud.actions.sendMessage({ channelId: 'c' });
