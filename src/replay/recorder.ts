import type { Middleware, MiddlewareAPI, UnknownAction } from '@reduxjs/toolkit';
import { isAction } from '@reduxjs/toolkit';
import { isOfInstance, isType } from '../actions/define';
import { sessionEnded } from '../actions/session';
import { HudhudError } from '../errors';
import type { Cancel } from '../platform/timers';
import type { Slices } from './encoder';
import { Encoder } from './encoder';
import { onPageEnd } from './pageEnd';
import { makeKey } from './pseudonyms';
import type { RecorderOptions } from './recorderOptions';
import { resolveRecorderOptions } from './recorderOptions';
import { Tape } from './tape';
import { reducerFor } from './verify';

/** How a recording goes. @public */
export interface RecorderStats {
  readonly isRecording: boolean;
  /** Actions that were recorded since `start()`. */
  readonly actions: number;
  /** Actions that `export()` would give. */
  readonly held: number;
  /** Actions that were let go to stay within bounds. */
  readonly dropped: number;
  /** Characters of the actions that are held. */
  readonly bytes: number;
  /** Things that went wrong: a sink that threw, something that cannot be written down. */
  readonly failures: number;
}

/** Writes down what reducers see. @public */
export interface Recorder {
  /** Mount it last: after it, nothing changes an action any more. */
  readonly middleware: Middleware;
  /**
   * Begins a recording with the state as it is. Where one runs, it goes on.
   *
   * @throws HudhudError `MIDDLEWARE_MISSING`, `NOT_MOUNTED`.
   */
  start(): void;
  /** Ends the recording, and waits for the sink. What is held can still be exported. */
  stop(): Promise<void>;
  /** Makes lines of everything that waits, and gives them to the sink. */
  flush(): void;
  /** What is held, as a log that can be replayed by itself. Empty where nothing was recorded yet. */
  export(): string;
  stats(): RecorderStats;
}

/**
 * So long notes become lines at once, in ms: the page draws in between. A note may be one small action, or a batch of a
 * thousand events.
 */
const turnMs = 4;

/**
 * Makes a recorder. In a dispatch it only notes what came; lines are made of that when there is time, redacted, and what
 * is held stays within bounds.
 *
 * @public
 * @throws HudhudError `INVALID_OPTION`, `MOUNTED_TWICE` when it is mounted in a second store.
 * @example
 * ```ts
 * const recorder = createRecorder({ app: 'web 4.2.0' });
 * const store = configureStore({
 *   reducer: { hudhud: hudhud.reducer },
 *   middleware: (getDefault) => getDefault().prepend(hudhud.middleware).concat(recorder.middleware),
 * });
 * recorder.start();
 * reportButton.onclick = () => downloadLog(recorder.export());
 * ```
 */
export function createRecorder(options: RecorderOptions = {}): Recorder {
  const resolved = resolveRecorderOptions(options);
  const { reducerPath, level, redaction, keepMetadata, clock, timers, encodeAfterMs } = resolved;
  let api: MiddlewareAPI | null = null;
  let tape: Tape | null = null;
  let isRecording = false;
  let startedAt = 0;
  /** What the state was after our last action; `null` while one is on its way. */
  let expected: unknown = null;
  /** The state has jumped, and was not seen to follow an action since: time travel may show it, whatever is dispatched. */
  let isApart = false;
  /** An action was to change it meanwhile, and did not: a player that follows the action needs to be told. */
  let isUnmoved = false;
  let cancelTimer: Cancel | null = null;
  let cancelPageEnd: Cancel | null = null;

  const stateOf = (from: MiddlewareAPI): Slices | undefined =>
    (from.getState() as Readonly<Record<string, Slices | undefined>> | undefined)?.[reducerPath];

  const encodeSoon = (delayMs: number): void => {
    cancelTimer ??= timers.after(delayMs, () => {
      cancelTimer = null;
      const begun = clock.now();
      if (tape?.encode(() => clock.now() - begun < turnMs) === true) encodeSoon(0);
    });
  };

  /** Whether an action changes a state, by the reducers that a player has. */
  const isMoving = (state: Slices, action: UnknownAction): boolean => {
    try {
      return reducerFor({ instance: reducerPath }, {})(state, action) !== state;
    } catch {
      return true;
    }
  };

  const lookForJump = (onto: Tape, state: Slices): void => {
    if (expected === null || (expected === state && !isUnmoved)) return;
    onto.keyframe(state, 'jump');
    isApart = true;
    isUnmoved = false;
  };

  const note = (from: MiddlewareAPI, onto: Tape, action: Parameters<Tape['action']>[0]): void => {
    const state = stateOf(from);
    if (state === undefined) return;
    lookForJump(onto, state);
    onto.action(action, clock.now() - startedAt, state);
    encodeSoon(encodeAfterMs);
  };

  const middleware: Middleware = (given) => {
    if (api !== null) {
      throw new HudhudError(
        'MOUNTED_TWICE',
        'This recorder is mounted in two stores, or twice in one. Make one per store: createRecorder().',
      );
    }
    api = given;
    return (next) => (action) => {
      if (tape === null || !isAction(action)) return next(action);
      const isOwn = isOfInstance(action, reducerPath);
      // also what is held of a recording that was stopped
      const isSignOut = isOwn && isType(action, sessionEnded);
      if (!isRecording) {
        const result = next(action);
        if (isSignOut) tape.settle();
        return result;
      }
      if (!isOwn && level === 'domain') return next(action);
      note(given, tape, action);
      // whatever else changes the state did it without an action of ours: the next note tells
      if (!isOwn) return next(action);
      const before = stateOf(given);
      expected = null;
      try {
        return next(action);
      } finally {
        // also where a subscriber throws: the state has the action then
        const after = stateOf(given);
        expected = after ?? null;
        isApart &&= after === before;
        isUnmoved ||= isApart && before !== undefined && isMoving(before, action);
        if (isSignOut) tape.settle();
      }
    };
  };

  const flush = (): void => {
    tape?.encodeAll();
  };

  return {
    middleware,
    start() {
      if (isRecording) return;
      if (api === null) {
        throw new HudhudError(
          'MIDDLEWARE_MISSING',
          'No store has the recorder. Add it as the last one: getDefault().prepend(hudhud.middleware).concat(recorder.middleware).',
        );
      }
      const state = stateOf(api);
      if (state === undefined) {
        throw new HudhudError(
          'NOT_MOUNTED',
          `There is no state under "${reducerPath}". Mount the reducer there, or give the recorder its reducerPath.`,
        );
      }
      startedAt = clock.now();
      const encoder = new Encoder(reducerPath, redaction, keepMetadata, makeKey());
      const { app } = resolved;
      const slices = Object.keys(state);
      const about = { app, instance: reducerPath, level, slices, startedAt, redaction };
      tape = new Tape(encoder, about, resolved);
      tape.keyframe(state, 'start');
      expected = state;
      isApart = isUnmoved = false;
      isRecording = true;
      encodeSoon(encodeAfterMs);
      cancelPageEnd = onPageEnd(flush);
    },
    async stop() {
      if (!isRecording || tape === null) return;
      isRecording = false;
      cancelTimer?.();
      cancelTimer = null;
      cancelPageEnd?.();
      cancelPageEnd = null;
      finish(tape);
      await tape.close();
    },
    flush,
    export() {
      if (tape === null) return '';
      if (isRecording) finish(tape);
      return tape.text();
    },
    stats: () => ({
      isRecording,
      actions: tape?.next ?? 0,
      held: tape?.ring.actions ?? 0,
      dropped: tape?.ring.dropped ?? 0,
      bytes: tape?.ring.bytes ?? 0,
      failures: tape?.failures ?? 0,
    }),
  };

  /** Ends what was noted with what the state has come to. */
  function finish(onto: Tape): void {
    const state = api === null ? undefined : stateOf(api);
    if (state !== undefined) {
      lookForJump(onto, state);
      onto.checkpoint(state);
      expected = state;
    }
    flush();
  }
}
