import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fullEffort, quickEffort } from './measure';
import type { Extent, Section } from './section';
import { bytesSection } from './sections/bytes';
import { cachingSection } from './sections/caching';
import { daySection } from './sections/day';
import { pendingSection } from './sections/pending';
import { recordingSection } from './sections/recording';
import { streamSections } from './sections/streams';
import { threadsSection } from './sections/threads';
import { wishSection } from './sections/wish';

/**
 * What a stream of chat events costs, beside a floor and other ways to hold them. Only ratios mean something: absolute
 * times depend on the machine and on its other work.
 */

const sections: readonly Section[] = [
  ...streamSections,
  bytesSection,
  pendingSection,
  wishSection,
  threadsSection,
  cachingSection,
  recordingSection,
  daySection,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    /** Says that this is the process of one run of a section. */
    child: { type: 'string' },
  },
});

const extent: Extent = values.quick
  ? { effort: quickEffort, sizes: [1_000], isQuick: true }
  : { effort: fullEffort, sizes: [1_000, 10_000, 100_000], isQuick: false };

function sectionOf(name: string): Section {
  const found = sections.find((section) => section.name === name);
  if (found !== undefined) return found;
  throw new Error(`no "${name}"; there is: ${sections.map((section) => section.name).join(', ')}`);
}

function printSection({ name, title, print }: Section): void {
  console.log(`\n## ${title} (--only ${name})`);
  print((args, flags = []) => {
    const self = fileURLToPath(import.meta.url);
    const quick = values.quick ? ['--quick'] : [];
    const child = [...flags, self, '--child', name, ...quick, '--', ...args.map(String)];
    const { stdout, status } = spawnSync(process.execPath, child, {
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`the run of ${name} ${args.join(' ')} failed`);
    return JSON.parse(stdout) as unknown;
  }, extent);
}

if (values.child === undefined) {
  for (const section of values.only?.map(sectionOf) ?? sections) printSection(section);
} else {
  const report = await sectionOf(values.child).measure(positionals, extent);
  console.log(JSON.stringify(report));
}
