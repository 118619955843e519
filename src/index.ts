export { createHudhud } from './store/createHudhud';
export { createHudhudStore } from './store/createHudhudStore';
export { configFromEnv } from './store/configFromEnv';
export { hudhudCheckOptions } from './store/hudhudCheckOptions';
export { RealtimeService } from './store/RealtimeService';
export { createSelectors } from './selectors/createSelectors';
export { groupingWindowMs } from './selectors/seam';
export { HudhudError, isHudhudError } from './errors';
export { defaultFlags } from './flags';
export { serverEventTypes } from './protocol/serverEvents';
export { typingTtlMs } from './state/typing';
export { connectionChanged } from './actions/connection';
export { historyEvicted } from './actions/eviction';
export { typingExpired } from './actions/expiry';
export {
  channelsReceived,
  membersReceived,
  messageFetched,
  pageReceived,
  snapshotApplied,
} from './actions/history';
export { loadDone, loadFailed, loadStarted, pageKey, workspaceKey } from './actions/load';
export {
  deleteRequested,
  discardRequested,
  editRequested,
  operationAcknowledged,
  operationEchoMissed,
  operationFailed,
  operationLookEnded,
  operationRejected,
  operationRetryRequested,
  operationStarted,
  operationUncertain,
  reactRequested,
  readRequested,
  sendRequested,
  uploadCancelRequested,
  uploadDone,
  uploadFailed,
  uploadProgressed,
  uploadRequested,
  uploadRetryRequested,
  uploadStarted,
} from './actions/outbox';
export { outboxDefaults } from './middleware/outboxOptions';
export { countsReceived, readsAnchored } from './actions/reads';
export { sessionEnded, sessionStarted } from './actions/session';
export {
  channelEventsReceived,
  channelInitialised,
  conversationReceived,
  frameCommitted,
  noticesReceived,
  presenceReceived,
  sessionInitialised,
} from './actions/stream';

export type { Attach } from './store/attach';
export type { Hudhud } from './store/createHudhud';
export type { HudhudStore } from './store/createHudhudStore';
export type { HudhudActions } from './store/hudhudActions';
export type { HudhudStatus } from './store/hudhudStatus';
export type { HudhudOptions } from './store/options';
export type { SSEConfig } from './store/RealtimeService';
export type { Draft, MessageRef, WishActions } from './store/wishActions';
export type { OutboxTuning } from './middleware/outboxOptions';
export type { EventHandler, EventOf } from './middleware/emitter';
export type { HudhudSelectors, SelectorOptions } from './selectors/createSelectors';
export type { Gap } from './selectors/gaps';
export type { TimelineInfo } from './selectors/message';
export type {
  MessageRow,
  PendingView,
  RowReaction,
  RowRights,
  RowSeam,
  RowStatus,
  RowUpload,
} from './selectors/row';
export type { DayOf } from './selectors/seam';
export type { ReadWish } from './selectors/unread';
export type { UnreadCount } from './selectors/unreadOf';
export type { HudhudRootState } from './selectors/root';
export type { HudhudErrorCode, HudhudErrorData } from './errors';
export type { HudhudFlags } from './flags';
export type { AuthClient, Credentials, Registration } from './api/auth';
export type { MessagesQuery, NewMessage, RestClient } from './api/rest';
export type { HudhudState } from './state/rootReducer';
export type { ChannelRecord } from './state/channels';
export type { MemberRecord } from './state/members';
export type { MessageRecord } from './state/messageRecord';
export type { Notice } from './state/notices';
export type { Upload } from './state/outboxState';
export type { PresenceRecord } from './state/presence';
export type { UserRecord } from './state/users';
export type { LoadState } from './state/loads';
export type { Window } from './state/windows';
export type { Correlate } from './state/settle';
export type { HudhudAction, HudhudMeta } from './actions/define';
export type {
  DeleteRequested,
  EditRequested,
  OperationRef,
  ReactRequested,
  ReadRequested,
  SendRequested,
} from './actions/outbox';
export type { TokenSource } from './transport/session';
export type * from './protocol/operations';
export type { ConnectionSnapshot } from './protocol/connectionSnapshot';
export type { ConnectionTuning } from './transport/connectionOptions';
export type { Platform } from './platform/platform';
export type { ConnectionPhase, ConnectionStatus } from './protocol/connectionStatus';
export type * from './protocol/models';
export type { ServerEvent, ServerEventType } from './protocol/serverEvents';
