export { createHudhud } from './store/createHudhud';
export { createHudhudStore } from './store/createHudhudStore';
export { configFromEnv } from './store/configFromEnv';
export { hudhudCheckOptions } from './store/hudhudCheckOptions';
export { RealtimeService } from './store/RealtimeService';
export { createSelectors } from './selectors/createSelectors';
export { groupingWindowMs } from './selectors/seam';
export { budgetDefaults } from './transport/rateBudget';
export { HudhudError, isHudhudError } from './errors';
export { defaultFlags } from './flags';
export { createIndexedDbStorage } from './platform/indexedDb';
export { serverEventTypes } from './protocol/serverEvents';
export { typingTtlMs } from './state/typing';
export { connectionChanged, pollingChanged } from './actions/connection';
export { historyEvicted } from './actions/eviction';
export { typingExpired } from './actions/expiry';
export { metricsSampled } from './actions/metrics';
export {
  channelsReceived,
  membersReceived,
  messageFetched,
  pageReceived,
  snapshotApplied,
} from './actions/history';
export { noticeDismissed } from './actions/notices';
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
export { createCachePatcher } from './middleware/patch/createCachePatcher';
export { channelList } from './middleware/patch/channelList';
export { infiniteMessageList } from './middleware/patch/infiniteMessageList';
export { memberList } from './middleware/patch/memberList';
export { messageById, messageList } from './middleware/patch/messageList';
export { unreadCounts } from './middleware/patch/unreadCounts';
export { workspaceSnapshot } from './middleware/patch/workspaceSnapshot';
export { durabilityChanged, operationsYielded, restored, storageChanged } from './actions/storage';
export { countsReceived, readsAnchored } from './actions/reads';
export { sessionEnded, sessionStarted } from './actions/session';
export {
  channelEventsReceived,
  channelInitialised,
  continuityTold,
  conversationReceived,
  frameCommitted,
  noticesReceived,
  presenceReceived,
  sessionInitialised,
} from './actions/stream';

export type { Attach } from './store/attach';
export type { Hudhud } from './store/createHudhud';
export type { HudhudStore, HudhudStoreState } from './store/createHudhudStore';
export type { HudhudActions } from './store/hudhudActions';
export type { HudhudConfig } from './store/hudhudConfig';
export type { HudhudStatus } from './store/hudhudStatus';
export type { HudhudOptions } from './store/options';
export type { SSEConfig } from './store/RealtimeService';
export type { Draft, MessageRef, WishActions } from './store/wishActions';
export type { OutboxTuning } from './middleware/outboxOptions';
export type { PersistenceOptions } from './middleware/persistence/persistenceOptions';
export type { CacheMismatch } from './middleware/patch/cacheMismatch';
export type { CachePatcher, PatchableApi } from './middleware/patch/createCachePatcher';
export type { ChannelListRule, ChannelListShape } from './middleware/patch/channelList';
export type { InfiniteMessageListRule } from './middleware/patch/infiniteMessageList';
export type { MemberListRule, MemberListShape } from './middleware/patch/memberList';
export type {
  MessageByIdRule,
  MessageListRule,
  MessageListShape,
} from './middleware/patch/messageList';
export type { RowShape } from './middleware/patch/messageRows';
export type { PatchPath } from './middleware/patch/part';
export type {
  PatchAsked,
  PatchReader,
  PatchedEndpoint,
  PatchRule,
  PatchSource,
  PatchTopic,
  PatchView,
} from './middleware/patch/patchRule';
export type { UnreadCountsRule } from './middleware/patch/unreadCounts';
export type { WorkspaceSnapshotRule } from './middleware/patch/workspaceSnapshot';
export type { EventHandler, EventOf } from './middleware/emitter';
export type { HudhudSelectors, SelectorOptions } from './selectors/createSelectors';
export type { Gap } from './selectors/gaps';
export type { MessageSelectors, TimelineInfo } from './selectors/message';
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
export type { ReadWish, UnreadSelectors } from './selectors/unread';
export type { UnreadCount } from './selectors/unreadOf';
export type { HudhudRootState } from './selectors/root';
export type { HudhudErrorCode, HudhudErrorData } from './errors';
export type { HudhudFlags } from './flags';
export type { AuthClient, Credentials, Registration } from './api/auth';
export type { HudhudBaseQuery } from './api/baseQuery';
export type { HudhudApi, HudhudEndpoints, HudhudQueries } from './api/hudhudApi';
export type { PageOfIds } from './api/messagePages';
export type { HudhudQueryError } from './api/queryError';
export type { HudhudRead, PageCursor, ReadFacts, Reading } from './api/reading';
export type {
  ChannelEndpoints,
  ChannelsArg,
  ChannelsResult,
  MembersResult,
} from './api/endpoints/channels';
export type { HudhudApiPath, PagedEndpoint, ReadEndpoint } from './api/endpoints/definitions';
export type { AccountEndpoints, AccountsResult } from './api/endpoints/account';
export type {
  MessageEndpoints,
  MessagesArg,
  RepliesArg,
  SlugMessagesArg,
} from './api/endpoints/messages';
export type {
  ProjectArg,
  ProjectEndpoints,
  ProjectIdArg,
  ProjectResult,
  ProjectsResult,
} from './api/endpoints/projects';
export type { ReactionEndpoints, ReactionsArg, ReactionsResult } from './api/endpoints/reactions';
export type { SearchEndpoints, SearchHit, SearchResult } from './api/endpoints/search';
export type { UnreadEndpoints, UnreadResult } from './api/endpoints/unread';
export type { SlugCursor, SlugPageOfIds } from './api/slugPages';
export type { WorkspaceArg, WorkspaceEndpoints, WorkspaceResult } from './api/endpoints/workspace';
export type {
  MessagesQuery,
  NewMessage,
  ProjectPart,
  ProjectRef,
  ReadClient,
  RepliesQuery,
  RestClient,
  SearchQuery,
  SlugMessagesQuery,
} from './api/rest';
export type { HudhudState } from './state/rootReducer';
export type { ChannelRecord, ChannelsState } from './state/channels';
export type { MemberRecord, MembersOf, MembersState } from './state/members';
export type { MessageRecord } from './state/messageRecord';
export type { Notice, NoticeCode, NoticesState } from './state/notices';
export type { Alias, ChannelOutbox, OutboxState, Upload } from './state/outboxState';
export type { PresenceRecord, PresenceState } from './state/presence';
export type { UserRecord, UsersState } from './state/users';
export type { LoadState, LoadsState } from './state/loads';
export type { Window } from './state/windows';
export type { Correlate } from './state/settle';
export type { HudhudAction, HudhudActionCreator, HudhudMeta } from './actions/define';
export type {
  DeleteRequested,
  EditRequested,
  OperationAcknowledged,
  OperationEchoMissed,
  OperationFailed,
  OperationLookEnded,
  OperationRef,
  OperationRejected,
  OperationStarted,
  OperationUncertain,
  ReactRequested,
  ReadRequested,
  ReadUpTo,
  RetryOperation,
  SendRequested,
  UploadDone,
  UploadFailed,
  UploadId,
  UploadProgressed,
  UploadRequested,
  Wish,
} from './actions/outbox';
export type { BudgetTuning } from './transport/rateBudget';
export type { TokenSource } from './transport/session';
export type * from './protocol/operations';
export type { ConnectionSnapshot } from './protocol/connectionSnapshot';
export type { ConnectionTuning } from './transport/connectionOptions';
export type { Platform } from './platform/platform';
export type { ConnectionPhase, ConnectionStatus, SourceName } from './protocol/connectionStatus';
export type * from './protocol/models';
export type {
  ChannelEvent,
  ChannelInitEvent,
  ConnectionEvent,
  InitEvent,
  MessageEvent,
  NoticeEvent,
  PingEvent,
  PresenceEvent,
  ReactionEvent,
  ServerEvent,
  ServerEventType,
  TypingEvent,
} from './protocol/serverEvents';
export type {
  ByQuery,
  ChannelRef,
  GapRef,
  HistoryWanted,
  MomentRef,
  ThreadRef,
  TimelineRef,
  WorkspaceRef,
} from './actions/command';
export type { PollingChanged } from './actions/connection';
export type { ChannelEvicted, HistoryEvicted } from './actions/eviction';
export type { TypingExpired } from './actions/expiry';
export type { ErrorCounts, Metrics, MetricsSampled } from './actions/metrics';
export type {
  Asked,
  ChannelsReceived,
  MembersReceived,
  MessageFetched,
  PageRange,
  PageReceived,
  SnapshotApplied,
} from './actions/history';
export type { LoadFailed, LoadStarted } from './actions/load';
export type { NoticeRef } from './actions/notices';
export type { CountedChannel, CountsReceived, ReadsAnchored } from './actions/reads';
export type {
  DurabilityChanged,
  OperationsYielded,
  Restored,
  RestoredHistory,
  RestoredUpload,
  StorageChanged,
  StorageStatus,
} from './actions/storage';
export type { SessionEnded, SessionStarted } from './actions/session';
export type {
  ChannelEventsReceived,
  ChannelInitialised,
  ContinuityTold,
  ConversationEvent,
  ConversationReceived,
  FrameCommitted,
  NoticesReceived,
  Observed,
  PresenceReceived,
  SessionInitialised,
} from './actions/stream';
export type { Broadcast, BroadcastLine } from './platform/broadcast';
export type { Clock } from './platform/clock';
export type { CounterName, CounterReading, CountersSnapshot } from './platform/counters';
export type { HistogramReading } from './platform/histogram';
export type { FetchLike } from './platform/fetchLike';
export type { HeldLock, Locks } from './platform/locks';
export type { Logger } from './platform/logger';
export type { Online } from './platform/online';
export type { PageCache, PageCacheEvent } from './platform/pageCache';
export type { Random } from './platform/random';
export type { Scheduler } from './platform/scheduler';
export type { KeyValueStorage, StorageChange } from './platform/storage';
export type { Cancel, Timers } from './platform/timers';
export type { UploadLike, UploadReply, UploadRequest } from './platform/upload';
export type { Visibility } from './platform/visibility';
export type { OpenSocket, Socket, SocketHandlers } from './platform/webSocket';
export type { RejectedFrame, StreamKey } from './protocol/batch';
export type { OperationBase } from './protocol/operations';
export type {
  AccountList,
  AdminAccountFact,
  ChannelList,
  MemberList,
  MessagesPage,
  ProjectDetail,
  ProjectList,
  ReactionList,
  Statistics,
  StreamStatus,
  TypingNow,
  UnreadCounts,
  WithRejected,
  WorkspaceSnapshot,
} from './protocol/rest';
export type { ChannelSelectors } from './selectors/channel';
export type { ConnectionSelectors } from './selectors/connection';
export type { OperationSelectors } from './selectors/operations';
export type { MetricsSelectors } from './selectors/metrics';
export type { PeopleSelectors } from './selectors/people';
export type { StorageView, SyncSelectors, SyncStatus } from './selectors/sync';
export type { TimelineSelectors } from './selectors/timeline';
export type { ConnectionState, StreamState, Viewer } from './state/connection';
export type { MessagesState } from './state/messagesState';
export type { ChannelReads, ReadMark, ReadsState, ServerCount } from './state/readsState';
export type { MetricsState } from './state/metrics';
export type { CachedChannel, StorageState } from './state/storage';
export type { TypingChannel, TypingState, TypingUser } from './state/typing';
export type { DecodeFrame } from './transport/batcher';
export type { StreamAuth } from './transport/streamRequest';
export type { DecodeOptions, DecodedFrame, StreamFrame } from './protocol/decodeFrame';
export type { RejectionReason } from './protocol/rejection';
export type { ChannelLog, Timeline } from './state/channelLog';
export type { Bucket, Keyed, Table } from './state/table';
export type { Segment } from './state/segments';
