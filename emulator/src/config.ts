import { parseArgs } from 'node:util';
import type { PresetName } from './faults/presets.ts';
import { presets } from './faults/presets.ts';
import type { FrameStyle } from './realtime/encoding.ts';

export type SeedSize = 'small' | 'full' | 'none';

export interface Config {
  readonly port: number;
  /** A port that was asked for is taken or the start fails; the default one gives way to a free one. */
  readonly portIsAsked: boolean;
  /** Undefined keeps everything in memory. */
  readonly dataFolder: string | undefined;
  /** Set: a real Postgres instead of the built-in one. */
  readonly databaseUrl: string | undefined;
  readonly seed: SeedSize;
  /** Events per second that the bots make, or undefined for none. */
  readonly trafficRate: number | undefined;
  readonly frames: FrameStyle;
  readonly broadcastCopies: boolean;
  readonly pingMs: number;
  readonly accessTtlSeconds: number;
  /** What goes wrong from the start. */
  readonly faults: PresetName;
  readonly stripMetadata: boolean;
  readonly idempotency: boolean;
  readonly longPolling: boolean;
  readonly webSocket: boolean;
  readonly resume: boolean;
  /** So many frames can be missed and told later. */
  readonly keptFrames: number;
  readonly rateLimits: boolean;
  /** The length of the windows that are 15 minutes by the contract. */
  readonly rateWindowSeconds: number;
  /** Stands in addresses that are told; undefined: the address that it listens on. */
  readonly publicUrl: string | undefined;
  readonly exitWithParent: boolean;
}

export const usage = `Hudhud backend emulator

  --port N              port on 127.0.0.1 (default 8891, or a free one if that is taken; 0 = any free)
  --data DIR            folder that keeps the data (default .data/emulator)
  --memory              keep nothing: no folder
  --seed SIZE           what an empty database is filled with: full (default), small, none
  --traffic             let bots write, edit, react and come and go
  --traffic-rate N      their events per second (default 2)
  --frames STYLE        named (default), or default: every frame as {type,data} without an event name
  --broadcast-copies    send each created message a second time as "broadcast"
  --ping-interval MS    time between pings on a stream (default 30000)
  --access-ttl SECONDS  life of an access token (default 900)
  --faults NAME         what goes wrong from the start: none (default), chaos, network;
                        PUT /emulator/faults changes it
  --strip-metadata      messages come back with empty metadata
  --idempotency ON      on, off (default): a repeated Idempotency-Key gets the message that the first one made
  --long-polling ON     on (default), off: GET /api/realtime/poll hands out the frames of the stream
  --web-socket ON       on (default), off: GET /api/realtime/ws sends the frames of the stream
  --resume ON           on, off (default): frames have ids, and a cut stream goes on after Last-Event-ID
  --kept-frames N       so many frames can be missed and told later (default 2000)
  --rate-limits ON      on, off (default): the limits of the contract
  --rate-window SECONDS length of the windows that are 15 minutes by the contract (default 900)
  --public-url URL      the address that people see, if something stands before it: files are told with it
  --exit-with-parent    stop when standard input closes
  --help                this text

DATABASE_URL in the environment uses that Postgres instead of the built-in one. Several emulators on one
Postgres serve one chat.
Everyone in the seeded data has the password hudhud-demo; try the username lina.
`;

const options = {
  port: { type: 'string' },
  data: { type: 'string', default: '.data/emulator' },
  memory: { type: 'boolean', default: false },
  seed: { type: 'string', default: 'full' },
  traffic: { type: 'boolean', default: false },
  'traffic-rate': { type: 'string', default: '2' },
  frames: { type: 'string', default: 'named' },
  'broadcast-copies': { type: 'boolean', default: false },
  'ping-interval': { type: 'string', default: '30000' },
  'access-ttl': { type: 'string', default: '900' },
  faults: { type: 'string', default: 'none' },
  'strip-metadata': { type: 'boolean', default: false },
  idempotency: { type: 'string', default: 'off' },
  'long-polling': { type: 'string', default: 'on' },
  'web-socket': { type: 'string', default: 'on' },
  resume: { type: 'string', default: 'off' },
  'kept-frames': { type: 'string', default: '2000' },
  'rate-limits': { type: 'string', default: 'off' },
  'rate-window': { type: 'string', default: '900' },
  'public-url': { type: 'string' },
  'exit-with-parent': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function amount(name: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (value.trim() !== '' && number >= least && number <= most) return number;
  throw new Error(`--${name} takes a number from ${least} to ${most}, not "${value}".`);
}

function choice<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw new Error(`--${name} takes one of ${allowed.join(', ')}, not "${value}".`);
}

/** Without a slash at its end. */
function address(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (URL.canParse(value) && /^https?:/.test(value)) return value.replace(/\/$/, '');
  throw new Error(`--${name} takes an http address, not "${value}".`);
}

function isOn(name: string, value: string): boolean {
  return choice(name, value, ['on', 'off']) === 'on';
}

/** Reads the command line; undefined when help was asked for. Throws a sentence on a wrong switch. */
export function readConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Config | undefined {
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) return undefined;
  const url = env['DATABASE_URL'];
  const rate = amount('traffic-rate', values['traffic-rate'], 0.01, 100);
  return {
    port: Math.trunc(amount('port', values.port ?? '8891', 0, 65_535)),
    portIsAsked: values.port !== undefined,
    dataFolder: values.memory ? undefined : values.data,
    databaseUrl: url === '' ? undefined : url,
    seed: choice('seed', values.seed, ['small', 'full', 'none']),
    trafficRate: values.traffic ? rate : undefined,
    frames: choice('frames', values.frames, ['named', 'default']),
    broadcastCopies: values['broadcast-copies'],
    pingMs: amount('ping-interval', values['ping-interval'], 10, 2 ** 31 - 1),
    accessTtlSeconds: amount('access-ttl', values['access-ttl'], 1, 10 ** 9),
    faults: choice('faults', values.faults, Object.keys(presets) as PresetName[]),
    stripMetadata: values['strip-metadata'],
    idempotency: isOn('idempotency', values.idempotency),
    longPolling: isOn('long-polling', values['long-polling']),
    webSocket: isOn('web-socket', values['web-socket']),
    resume: isOn('resume', values.resume),
    keptFrames: Math.trunc(amount('kept-frames', values['kept-frames'], 1, 100_000)),
    rateLimits: isOn('rate-limits', values['rate-limits']),
    rateWindowSeconds: amount('rate-window', values['rate-window'], 1, 86_400),
    publicUrl: address('public-url', values['public-url']),
    exitWithParent: values['exit-with-parent'],
  };
}
