import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { LogRedaction } from '../../actions/logFormat';
import type { ReplayOptions } from '../verify';
import { UsageError } from './io';

const known = {
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  out: { type: 'string', short: 'o' },
  with: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  type: { type: 'string' },
  id: { type: 'string' },
  state: { type: 'string' },
  lifted: { type: 'boolean', default: false },
  instance: { type: 'string', default: 'hudhud' },
  url: { type: 'string' },
  username: { type: 'string' },
  project: { type: 'string' },
  channel: { type: 'string' },
  seconds: { type: 'string' },
  redaction: { type: 'string', default: 'pseudonyms' },
  'no-browser': { type: 'boolean', default: false },
  page: { type: 'string' },
  'keep-metadata': { type: 'string', multiple: true },
} as const;

/** What was asked for. @internal */
export interface Asked {
  readonly words: readonly string[];
  readonly json: boolean;
  readonly help: boolean;
  readonly out: string | undefined;
  readonly with: string | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly type: string | undefined;
  readonly id: string | undefined;
  readonly state: number | undefined;
  readonly lifted: boolean;
  readonly instance: string;
  readonly url: string | undefined;
  readonly username: string | undefined;
  readonly project: string | undefined;
  readonly channel: string | undefined;
  readonly seconds: number | undefined;
  readonly redaction: LogRedaction;
  readonly keepMetadata: readonly string[];
  readonly noBrowser: boolean;
  readonly page: string | undefined;
}

/** @internal */
export function toNumber(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text))
    throw new UsageError(`${name} is the number of an action, not "${text}".`);
  return Number(text);
}

function toSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (seconds > 0 && seconds < Infinity) return seconds;
  throw new UsageError(`--seconds is how long to record, not "${text}".`);
}

function toRedaction(text: string): LogRedaction {
  if (text === 'none' || text === 'pseudonyms') return text;
  throw new UsageError(`--redaction is "pseudonyms" or "none", not "${text}".`);
}

/** @internal @throws UsageError */
export function parse(args: readonly string[]): Asked {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: known, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  return {
    words: positionals,
    json: values.json,
    help: values.help,
    out: values.out,
    with: values.with,
    from: toNumber(values.from, '--from'),
    to: toNumber(values.to, '--to'),
    type: values.type,
    id: values.id,
    state: toNumber(values.state, '--state'),
    lifted: values.lifted,
    instance: values.instance,
    url: values.url,
    username: values.username,
    project: values.project,
    channel: values.channel,
    seconds: toSeconds(values.seconds),
    redaction: toRedaction(values.redaction),
    keepMetadata: values['keep-metadata'] ?? ['client_id'],
    noBrowser: values['no-browser'],
    page: values.page,
  };
}

/** What a host's own module says of how its logs are played. @internal */
export async function replayOptions({ with: path }: Asked): Promise<ReplayOptions> {
  if (path === undefined) return {};
  try {
    const { reducer, correlate } = (await import(pathToFileURL(path).href)) as ReplayOptions;
    return { ...(reducer && { reducer }), ...(correlate && { correlate }) };
  } catch (error) {
    throw new UsageError(
      `--with ${path}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
