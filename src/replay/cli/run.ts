import { isHudhudError } from '../../errors';
import { fromDevTools, toDevTools } from './devtools';
import { diffFile } from './diff';
import { help } from './help';
import type { CliIo, ExitCode } from './io';
import { UsageError } from './io';
import { openFiles } from './open';
import type { Asked } from './options';
import { parse } from './options';
import { recordStream, wantedOf } from './record';
import { redactFile } from './redact';
import { findInFile, showFile } from './show';
import { statsOfFile } from './stats';
import { verifyFile } from './verify';

type FileCommand = (path: string, asked: Asked, io: CliIo) => Promise<ExitCode>;

const ofOneFile: Readonly<Record<string, FileCommand>> = {
  show: showFile,
  find: findInFile,
  redact: redactFile,
  'to-devtools': toDevTools,
  'from-devtools': fromDevTools,
};
const ofFiles: Readonly<Record<string, FileCommand>> = { verify: verifyFile, stats: statsOfFile };

/** A sentence for what is known to go wrong with files; anything else is a defect, and is thrown on. */
function sentenceOf(error: unknown): string {
  if (isHudhudError(error) || error instanceof UsageError) return error.message;
  // of the system: not there, not allowed, not to be unpacked
  const { code, message } = (error ?? {}) as {
    readonly code?: unknown;
    readonly message?: unknown;
  };
  if (typeof code === 'string' && typeof message === 'string') return message;
  throw error;
}

function report(path: string, error: unknown, { json }: Asked, io: CliIo): ExitCode {
  const sentence = sentenceOf(error);
  const told = isHudhudError(error) ? { code: error.code, line: error.data.line } : {};
  if (json) io.out(`${JSON.stringify({ file: path, error: sentence, ...told })}\n`);
  else io.err(`${path}: ${sentence}\n`);
  return told.code === 'LOG_DAMAGED' ? 1 : 2;
}

async function runFor(
  command: FileCommand,
  paths: readonly string[],
  asked: Asked,
  io: CliIo,
): Promise<ExitCode> {
  let worst: ExitCode = 0;
  for (const path of paths) {
    let code: ExitCode;
    try {
      code = await command(path, asked, io);
    } catch (error) {
      code = report(path, error, asked, io);
    }
    if (code > worst) worst = code;
  }
  return worst;
}

async function dispatch(args: readonly string[], io: CliIo): Promise<ExitCode> {
  const asked = parse(args);
  const [area, name = '', ...rest] = asked.words;
  if (asked.help || area === undefined) {
    io.out(help);
    return asked.help ? 0 : 2;
  }
  if (area === 'record') {
    if (name !== '') throw new UsageError('record takes options only: --url URL --out FILE.');
    const wanted = wantedOf(asked, io.env);
    return runFor(() => recordStream(wanted, asked, io), [wanted.url], asked, io);
  }
  if (area !== 'replay') throw new UsageError(`There is no "hudhud ${area}".`);
  if (name === 'diff') {
    return runFor((_, given, to) => diffFile(rest, given, to), [rest[0] ?? ''], asked, io);
  }
  if (name === 'open' && rest.length > 0) {
    return runFor((_, given, to) => openFiles(rest, given, to), rest.slice(0, 1), asked, io);
  }
  const one = Object.hasOwn(ofOneFile, name) ? ofOneFile[name] : undefined;
  const many = Object.hasOwn(ofFiles, name) ? ofFiles[name] : undefined;
  const command = one ?? many;
  if (rest.length === 0 && (name === 'open' || command !== undefined)) {
    throw new UsageError(`"hudhud replay ${name}" needs a file.`);
  }
  if (command === undefined) throw new UsageError(`There is no "hudhud replay ${name}".`);
  if (one !== undefined && rest.length > 1) {
    throw new UsageError(`"hudhud replay ${name}" takes one file.`);
  }
  return runFor(command, rest, asked, io);
}

/** Runs a command line, without the program's name. @internal */
export async function run(args: readonly string[], io: CliIo): Promise<ExitCode> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(`${error.message}\nTry "hudhud --help".\n`);
    return 2;
  }
}
