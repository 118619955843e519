import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CliIo, ExitCode } from './io';
import { UsageError } from './io';
import type { Asked } from './options';

/** The inspector is a page of the demo, which is beside the package in its repository, and not in the package. */
const program = 'demo/inspect.ts';

/** The folder of the repository; `null` where the package is installed by itself. @internal */
export function repositoryOf(file: string): string | null {
  let folder = dirname(file);
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder) return null;
    folder = above;
  }
  return existsSync(join(folder, program)) ? folder : null;
}

/** Shows logs in the inspector until whoever started it wants it to end. @internal */
export async function openFiles(
  paths: readonly string[],
  { json, noBrowser, page }: Asked,
  io: CliIo,
): Promise<ExitCode> {
  if (paths.includes('-')) throw new UsageError('open takes files, not standard input.');
  const repository = repositoryOf(fileURLToPath(import.meta.url));
  if (repository === null) {
    throw new UsageError(
      'The inspector is not part of the installed package: run "npm run -s hudhud -- replay open FILE" in the repository of @hudhud/state.',
    );
  }
  for (const path of paths) {
    if (!(await stat(path)).isFile()) throw new UsageError(`${path} is no file.`);
    await access(path, constants.R_OK);
  }
  const args = [
    ...['--import', 'tsx', program, ...(json ? ['--json'] : [])],
    ...(noBrowser ? ['--no-browser'] : []),
    ...(page === undefined ? [] : ['--page', resolve(page)]),
    ...['--', ...paths.map((path) => resolve(path))],
  ];
  // it ends when its input does: none is left over of who was killed
  const child = spawn(process.execPath, args, { cwd: repository, stdio: 'pipe' });
  child.stdout.setEncoding('utf8').on('data', io.out);
  child.stderr.setEncoding('utf8').on('data', io.err);
  const calledOff = io.onInterrupt(() => child.kill('SIGTERM'));
  await once(child, 'close');
  calledOff();
  return child.exitCode === 0 ? 0 : 2;
}
