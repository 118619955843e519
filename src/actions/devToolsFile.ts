import type { UnknownAction } from '@reduxjs/toolkit';
import { HudhudError } from '../errors';

/**
 * The two forms of the file that the Redux DevTools export and import: a list of actions with the state before them,
 * each as a text in the text, or the whole of what they call the lifted state.
 */

/** What a store went through, as the Redux DevTools know it. @public */
export interface DevToolsHistory {
  /** State of the whole store before the first action; `null`: as the reducers make it. */
  readonly state: Readonly<Record<string, unknown>> | null;
  readonly actions: readonly DevToolsAction[];
}

/** @public */
export interface DevToolsAction {
  readonly a: UnknownAction;
  /** When it came, in ms since 1970; `null` where the file does not say. */
  readonly at: number | null;
}

/** @public */
export type DevToolsForm = 'actions' | 'lifted';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function invalid(sentence: string): HudhudError {
  return new HudhudError('LOG_INVALID', `This is no file of the Redux DevTools: ${sentence}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('it is no JSON.');
  }
}

/** A part that is a text in the text, or is there as it is. */
const unpacked = (part: unknown): unknown => (typeof part === 'string' ? parse(part) : part);

function toAction(value: unknown): UnknownAction {
  if (!isObject(value) || typeof value['type'] !== 'string') {
    throw invalid('an action in it has no type.');
  }
  return value as UnknownAction;
}

const toState = (value: unknown): DevToolsHistory['state'] => (isObject(value) ? value : null);

function fromActions({ payload, preloadedState }: Fields): DevToolsHistory {
  const actions = unpacked(payload);
  if (!Array.isArray(actions)) throw invalid('its payload is no list of actions.');
  return {
    state: toState(unpacked(preloadedState)),
    actions: actions.map((action) => ({ a: toAction(action), at: null })),
  };
}

function fromLifted(lifted: Fields): DevToolsHistory {
  const { actionsById, stagedActionIds, skippedActionIds, committedState } = lifted;
  if (!isObject(actionsById) || !Array.isArray(stagedActionIds)) {
    throw invalid('its actions are missing.');
  }
  const skipped = new Set<unknown>(Array.isArray(skippedActionIds) ? skippedActionIds : []);
  // the first one stands for the state that it all begins with
  const ids = (stagedActionIds as readonly unknown[]).slice(1).filter((id) => !skipped.has(id));
  const actions = ids.map((id) => {
    const entry = actionsById[String(id)];
    if (!isObject(entry)) throw invalid('an action that it names is missing.');
    const { action, timestamp } = entry;
    return { a: toAction(action), at: typeof timestamp === 'number' ? timestamp : null };
  });
  return { state: toState(committedState), actions };
}

/**
 * Reads a file that the Redux DevTools exported, in either of its forms. Actions that were skipped in the panel are left
 * out.
 *
 * @public
 * @throws HudhudError `LOG_INVALID`: it is no such file.
 * @example
 * ```ts
 * const { actions } = importDevTools(await file.text());
 * ```
 */
export function importDevTools(text: string): DevToolsHistory {
  const file = parse(text);
  if (!isObject(file)) throw invalid('it is no object.');
  if (file['actionsById'] !== undefined) return fromLifted(file);
  if (file['payload'] !== undefined) return fromActions(file);
  throw invalid('it has neither actions nor a lifted state.');
}

/**
 * Writes a file that the Redux DevTools import. `'lifted'` keeps the times of the actions; its states are left out, as
 * they are computed anew when it is imported.
 *
 * @public
 * @param form - Default `'actions'`.
 */
export function exportDevTools(history: DevToolsHistory, form: DevToolsForm = 'actions'): string {
  const { state, actions } = history;
  if (form === 'actions') {
    const payload = JSON.stringify(actions.map(({ a }) => a));
    return JSON.stringify({
      payload,
      ...(state === null ? {} : { preloadedState: JSON.stringify(state) }),
    });
  }
  const start = { a: { type: '@@INIT' }, at: actions[0]?.at ?? 0 };
  const performed = [start, ...actions].map(({ a, at }, id) => [
    String(id),
    { type: 'PERFORM_ACTION', action: a, timestamp: at ?? 0 },
  ]);
  return JSON.stringify({
    monitorState: {},
    actionsById: Object.fromEntries(performed) as unknown,
    nextActionId: performed.length,
    stagedActionIds: performed.map((_, id) => id),
    skippedActionIds: [],
    ...(state === null ? {} : { committedState: state }),
    currentStateIndex: performed.length - 1,
    computedStates: [],
  });
}
