import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as entry from '../../../src/index';
import { defaultFlags } from '../../../src/flags';
import { serverEventTypes } from '../../../src/protocol/serverEvents';
import * as hooks from '../../../src/react/index';
import { connectionDefaults } from '../../../src/transport/connectionOptions';
import { connectionTransitions } from '../../../src/transport/connectionStates';
import { eventStreamDefaults } from '../../../src/transport/eventStreamOptions';
import { diagramOf } from '../../support/diagram';
import { blocksOf, fieldsOf, firstCells, read, root, unionOf } from '../../support/documents';

const readme = read('README.md');

function typesOf(values: Readonly<Record<string, unknown>>): string[] {
  return Object.values(values).flatMap((value) =>
    typeof value === 'function' && 'type' in value && typeof value.type === 'string'
      ? [value.type]
      : [],
  );
}

describe('docs/errors.md', () => {
  it('explains every error code, and no other', () => {
    const codes = unionOf('src/errors.ts', 'HudhudErrorCode');
    expect(codes.length).toBeGreaterThan(10);
    expect(firstCells(read('docs/errors.md')).sort()).toEqual([...codes].sort());
  });
});

describe('docs/actions.md', () => {
  const text = read('docs/actions.md');
  const known = new Set([...text.matchAll(/`([a-z]+\/\w+)`/g)].map(([, type = '']) => type));

  it('explains every action that the entry exports', () => {
    const types = typesOf(entry);
    expect(types.length).toBeGreaterThan(10);
    expect(types.filter((type) => !known.has(type))).toEqual([]);
  });

  it('explains every action that is declared, and no other', () => {
    const files = readdirSync(join(root, 'src/actions'));
    const declared = files.flatMap((file) =>
      [...read(`src/actions/${file}`).matchAll(/defineAction<[^(]*\(\)\('([^']+)'\)/g)].map(
        ([, type = '']) => type,
      ),
    );
    expect([...known].sort()).toEqual(declared.sort());
  });
});

describe('docs/protocol.md', () => {
  const cells = firstCells(read('docs/protocol.md'));

  it('explains every reason for a rejection', () => {
    const reasons = unionOf('src/protocol/rejection.ts', 'RejectionReason');
    expect(reasons.length).toBeGreaterThan(5);
    expect(reasons.filter((reason) => !cells.includes(reason))).toEqual([]);
  });

  it('explains every type of event', () => {
    expect(serverEventTypes.filter((type) => !cells.includes(type))).toEqual([]);
  });
});

describe('docs/connection.md', () => {
  const text = read('docs/connection.md');

  it('draws the machine as it is', () => {
    const drawn = blocksOf(text).find(({ info }) => info === 'mermaid')?.text;
    expect(drawn).toBe(diagramOf(connectionTransitions));
  });

  it('explains every event of it, and gives every phase its status', () => {
    const cells = firstCells(text);
    const phases = Object.keys(connectionTransitions);
    const events = Object.values(connectionTransitions).flatMap((row) => Object.keys(row));
    expect(events.length).toBeGreaterThan(20);
    expect([...events, ...phases].filter((name) => !cells.includes(name))).toEqual([]);
  });

  it('explains every code of a notice', () => {
    const codes = unionOf('src/state/notices.ts', 'NoticeCode');
    expect(codes.length).toBeGreaterThan(3);
    expect(codes.filter((code) => !firstCells(text).includes(code))).toEqual([]);
  });

  it('has every option with its default', () => {
    const defaults: Readonly<Record<string, unknown>> = { ...connectionDefaults };
    for (const [option, value] of Object.entries(defaults)) {
      const cell = new RegExp(`^\\| \`${option}\` +\\| ([^|]+?) +\\|`, 'm').exec(text)?.[1] ?? '';
      const said = cell.replace(/[`',]/g, '');
      expect([option, said]).toEqual([
        option,
        typeof value === 'function' ? value.name : String(value).replaceAll(',', ' '),
      ]);
    }
  });
});

describe('README.md', () => {
  const cells = firstCells(readme);

  it('has every option', () => {
    const options = fieldsOf('src/store/options.ts', 'HudhudOptions');
    expect(options.length).toBeGreaterThan(8);
    expect(options.filter((option) => !cells.includes(option))).toEqual([]);
  });

  it('has every hook', () => {
    const names = Object.keys(hooks).filter((name) => name.startsWith('use'));
    const written = cells.map((cell) => cell.replace(/\(.*/, ''));
    expect(names.filter((name) => !written.includes(name))).toEqual([]);
  });

  it('has everything that a component may dispatch', () => {
    const source = read('src/store/hudhudActions.ts');
    const names = [...source.matchAll(/^ {2}(\w+)\([^)]*\): HudhudAction/gm)].map(
      ([, name = '']) => name,
    );
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  it('has every flag', () => {
    const flags = Object.keys(defaultFlags);
    expect(flags.filter((flag) => !readme.includes(`\`${flag}\``))).toEqual([]);
  });

  it('has every variable of the environment', () => {
    const names = new Set(read('src/store/configFromEnv.ts').match(/NEXT_PUBLIC_\w+/g));
    expect(names.size).toBe(5);
    expect([...names].filter((name) => !cells.includes(name))).toEqual([]);
  });

  it('names scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const named = [...readme.matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

describe('docs/guides/transport.md', () => {
  const text = read('docs/guides/transport.md');
  const source = 'src/transport/eventStreamOptions.ts';

  it('has every option, and no other', () => {
    const options = fieldsOf(source, 'EventStreamOptions');
    expect(options).toEqual(expect.arrayContaining(Object.keys(eventStreamDefaults)));
    const rows = text.slice(text.indexOf('| Option'), text.indexOf('| Handler'));
    expect(firstCells(rows).sort()).toEqual([...options].sort());
  });

  it('has the defaults as they are', () => {
    for (const [option, value] of Object.entries(eventStreamDefaults)) {
      const cell = new RegExp(`^\\| \`${option}\` +\\| ([^|]+?) +\\|`, 'm').exec(text)?.[1] ?? '';
      expect([option, cell.replace(/[`',]/g, '')]).toEqual([option, String(value)]);
    }
  });

  it('has every handler', () => {
    const declared = /interface EventStreamHandlers {([^]*?)^}/m.exec(read(source))?.[1] ?? '';
    const handlers = [...declared.matchAll(/^ {2}(on\w+)\?/gm)].map(([, name = '']) => name);
    expect(handlers).toHaveLength(5);
    const written = firstCells(text).map((cell) => cell.replace(/\(.*/, ''));
    expect(handlers.filter((name) => !written.includes(name))).toEqual([]);
  });
});

describe('docs/guides', () => {
  it('explain every counter', () => {
    const text = read('docs/guides/debugging.md');
    const counters = unionOf('src/platform/counters.ts', 'CounterName');
    expect(counters.length).toBeGreaterThan(10);
    expect(counters.filter((counter) => !text.includes(`\`${counter}\``))).toEqual([]);
  });

  it('explain every switch of the emulator, and no other', () => {
    const usage = /usage = `([^`]*)`/.exec(read('emulator/src/config.ts'))?.[1] ?? '';
    const switches = [...usage.matchAll(/^ {2}(--[\w-]+)/gm)].map(([, name = '']) => name);
    const written = firstCells(read('docs/guides/emulator.md'))
      .filter((cell) => cell.startsWith('--'))
      .map((cell) => cell.replace(/ .*/, ''));
    expect(written).toEqual(switches.filter((name) => name !== '--help'));
  });
});
