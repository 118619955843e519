import { invalid } from '../errors.ts';
import type { Fields } from '../http/input.ts';
import {
  fieldsOf,
  number,
  oneOf,
  optionalFlag,
  optionalNumber,
  optionalTexts,
} from '../http/input.ts';
import type { PresetName } from './presets.ts';
import { presets } from './presets.ts';

/** How often a fault strikes, and whom. What is undefined does not narrow it. */
export interface Chance {
  readonly p: number;
  /** It strikes so often and no more. */
  readonly times: number | undefined;
  /** Usernames: who asks, or whose stream it is. */
  readonly users: readonly string[] | undefined;
}

export interface RequestChance extends Chance {
  readonly methods: readonly string[] | undefined;
  /** Beginnings of paths, without `/api`; one that ends in `$` is a whole path. */
  readonly paths: readonly string[] | undefined;
}

const longestMs = 600_000;

function chance(fields: Fields): Chance {
  return {
    p: number(fields, 'p', 0, 1),
    times: optionalNumber(fields, 'times', 0, 1e9),
    users: optionalTexts(fields, 'users'),
  };
}

function requestChance(fields: Fields): RequestChance {
  const methods = optionalTexts(fields, 'methods');
  return {
    ...chance(fields),
    methods: methods?.map((method) => method.toUpperCase()),
    paths: optionalTexts(fields, 'paths'),
  };
}

function span(fields: Fields) {
  const minMs = number(fields, 'minMs', 0, longestMs, 0);
  return { minMs, maxMs: number(fields, 'maxMs', minMs, longestMs, minMs) };
}

function statuses(fields: Fields): readonly number[] {
  const list = fields['statuses'] ?? [503];
  if (!Array.isArray(list) || list.length === 0) throw invalid('statuses must list numbers');
  return list.map((_status, at) => number(list as unknown as Fields, String(at), 400, 599));
}

/** What asks for frames. Without paths of its own a fault of requests spares it, or there would be no chat to look at. */
export const streamPaths = ['/realtime/stream', '/realtime/poll', '/realtime/ws'];

/** Every fault with what it takes. The names of this table are the keys of the JSON. */
const readers = {
  delay: (fields: Fields) => ({ ...requestChance(fields), ...span(fields) }),
  refuse: (fields: Fields) => ({
    ...requestChance(fields),
    statuses: statuses(fields),
    retryAfterS: number(fields, 'retryAfterS', 0, 86_400, 1),
  }),
  loseRequest: requestChance,
  loseReply: requestChance,
  errorAfterWrite: (fields: Fields) => ({
    ...requestChance(fields),
    status: number(fields, 'status', 400, 599, 502),
  }),
  hang: (fields: Fields) => ({
    ...requestChance(fields),
    ms: number(fields, 'ms', 0, longestMs),
  }),
  refuseStreams: (fields: Fields) => ({
    ...requestChance(fields),
    paths: optionalTexts(fields, 'paths') ?? streamPaths,
    statuses: statuses(fields),
    retryAfterS: number(fields, 'retryAfterS', 0, 86_400, 1),
    retryAfterAs: oneOf(fields, 'retryAfterAs', ['seconds', 'date'], 'seconds'),
  }),
  delayFrames: (fields: Fields) => ({ ...chance(fields), ...span(fields) }),
  doubleFrames: chance,
  reorderFrames: (fields: Fields) => ({
    ...chance(fields),
    waitMs: number(fields, 'waitMs', 1, longestMs, 1000),
  }),
  dropEchoes: chance,
  dropFrames: chance,
  stall: chance,
  reset: chance,
  halfFrame: (fields: Fields) => ({
    ...chance(fields),
    clean: optionalFlag(fields, 'clean') ?? false,
  }),
  slowDrip: (fields: Fields) => ({
    ...chance(fields),
    everyMs: number(fields, 'everyMs', 0, 10_000, 1),
  }),
};

type Readers = typeof readers;
export type FaultName = keyof Readers;
type ChosenFaults = { readonly [Name in FaultName]?: ReturnType<Readers[Name]> };

/** What is not a matter of chance. The command line sets what holds at the start. */
export interface Switches {
  /** Messages come back with empty metadata, as from a backend that does not keep it. */
  readonly stripMetadata: boolean;
  /** A repeated `Idempotency-Key` makes no second message. */
  readonly idempotency: boolean;
  /** `GET /realtime/poll` is offered. */
  readonly longPolling: boolean;
  /** `GET /realtime/ws` is offered. */
  readonly webSocket: boolean;
}

export interface FaultSet extends ChosenFaults, Switches {
  readonly seed: number;
}

const faultNames = Object.keys(readers) as FaultName[];
const switchNames = ['stripMetadata', 'idempotency', 'longPolling', 'webSocket'] as const;
const otherKeys: readonly string[] = ['seed', 'preset', ...switchNames];

function presetOf(body: Fields): Fields {
  const name = body['preset'] ?? 'none';
  if (typeof name === 'string' && Object.hasOwn(presets, name)) return presets[name as PresetName];
  throw invalid(`preset must be one of: ${Object.keys(presets).join(', ')}`);
}

function readSwitches(fields: Fields, start: Switches): Switches {
  const read = (name: keyof Switches) => optionalFlag(fields, name) ?? start[name];
  return {
    stripMetadata: read('stripMetadata'),
    idempotency: read('idempotency'),
    longPolling: read('longPolling'),
    webSocket: read('webSocket'),
  };
}

/**
 * Reads the JSON form. A preset may be named; the keys beside it replace the preset's, and `null` takes a fault
 * out. A switch that is not named is as it was at the start.
 */
export function readFaultSet(body: Fields, start: Switches): FaultSet {
  const all: Fields = { ...presetOf(body), ...body };
  const unknown = Object.keys(all).find(
    (key) => !otherKeys.includes(key) && !Object.hasOwn(readers, key),
  );
  if (unknown !== undefined) {
    throw invalid(`${unknown} is no fault. Known: ${[...faultNames, ...otherKeys].join(', ')}`);
  }
  const chosen = faultNames
    .filter((name) => all[name] !== undefined && all[name] !== null)
    .map((name) => [name, readers[name](fieldsOf(all[name]))] as const);
  return {
    // each entry was made by the reader of its name
    ...(Object.fromEntries(chosen) as ChosenFaults),
    seed: number(all, 'seed', 0, 2 ** 32 - 1, 1),
    ...readSwitches(all, start),
  };
}
