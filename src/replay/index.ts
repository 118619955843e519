export { createRecorder } from './recorder';
export { createMemorySink, downloadLog } from './sinks';
export { createRecordingStore } from './recordingStore';
export { createLogReader } from './logReader';
export { getDiagnostics } from './diagnostics';
export { readLog } from './readLog';
export { salvageLog } from './salvageLog';
export { createPlayer } from './player';
export { compareJson } from './compare';
export { hashJson } from './hash';

export type { Recorder, RecorderStats } from './recorder';
export type { RecorderOptions } from './recorderOptions';
export type { LogSink, MemorySink } from './sinks';
export type { RecordingStore, RecordingStoreOptions, StoredRecording } from './recordingStore';
export type { LogEnd, LogListener, LogReader } from './logReader';
export type { Diagnostics, DiagnosticsOptions, RecordingGap, RejectedShape } from './diagnostics';
export type { Log } from './readLog';
export type { BrokenLine, SalvagedLog } from './salvageLog';
export type { PlayOptions, Player, PlayerOptions } from './player';
export type { Divergence, LogReducer, ReplayOptions, Suspect } from './verify';
export type { Difference } from './compare';
export type {
  KeyframeReason,
  LogAction,
  LogCheckpoint,
  LogEntry,
  LogFooter,
  LogHeader,
  LogKeyframe,
  LogLevel,
  LogLine,
  LogRedaction,
  SliceHashes,
} from '../actions/logFormat';
