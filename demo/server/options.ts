import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface StartOptions {
  /** First port to try for the page. */
  readonly port: number;
  /** `undefined`: the emulator's own choice. */
  readonly emulatorPort: number | undefined;
  readonly dataFolder: string;
  readonly hasTraffic: boolean;
  /** The name of what the backend does wrong; it knows the names. */
  readonly faults: string | undefined;
  readonly opensBrowser: boolean;
  /** Serve a production build instead of the sources. */
  readonly isBuilt: boolean;
  /** A production build that was made before, to be served as it is. */
  readonly distFolder: string | undefined;
  /** A backend that already runs; no emulator is started then. */
  readonly backend: string | undefined;
  /** One JSON line instead of the banner. */
  readonly printsReady: boolean;
}

export const usage = `Hudhud demo: the chat client and a backend for it, in one command

  --port N            port of the page on 127.0.0.1 (default 5173, or the next free one)
  --emulator-port N   port of the backend (default 8891, or a free one)
  --data DIR          folder that keeps the backend's data (default .data/emulator)
  --no-traffic        nobody writes but you
  --faults NAME       what the backend does wrong: none (default), or chaos
  --no-open           do not open a browser
  --built             make a production build and serve it
  --dist DIR          serve the production build that is in this folder
  --backend URL       use a backend that already runs, such as http://127.0.0.1:8891
  --print-ready       print one line of JSON when ready, and nothing else
  --help              this text
`;

const options = {
  port: { type: 'string', default: '5173' },
  'emulator-port': { type: 'string' },
  data: { type: 'string', default: '.data/emulator' },
  'no-traffic': { type: 'boolean', default: false },
  faults: { type: 'string' },
  'no-open': { type: 'boolean', default: false },
  built: { type: 'boolean', default: false },
  dist: { type: 'string' },
  backend: { type: 'string' },
  'print-ready': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function port(name: string, value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number <= 65_535) return number;
  throw new Error(`--${name} takes a port from 0 to 65535, not "${value}".`);
}

/** Reads the command line; `undefined` when help was asked for. Throws a sentence on a wrong switch. */
export function readOptions(args: readonly string[]): StartOptions | undefined {
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) return undefined;
  const { backend } = values;
  if (backend !== undefined && !URL.canParse(backend)) {
    throw new Error(`--backend takes an address such as http://127.0.0.1:8891, not "${backend}".`);
  }
  const emulatorPort = values['emulator-port'];
  return {
    port: port('port', values.port),
    emulatorPort: emulatorPort === undefined ? undefined : port('emulator-port', emulatorPort),
    dataFolder: values.data,
    hasTraffic: !values['no-traffic'],
    faults: values.faults,
    opensBrowser: !values['no-open'] && !values['print-ready'],
    isBuilt: values.built,
    distFolder: values.dist,
    backend,
    printsReady: values['print-ready'],
  };
}
