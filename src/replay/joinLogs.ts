import { ChainReader, ChainWriter } from './logChain';
import { LineSplitter } from './lineSplitter';

/** Lines of a log without their digests. */
interface Part {
  readonly lines: readonly string[];
  /** Number of its first action, and of the one that would follow. */
  readonly from: number;
  readonly to: number;
  readonly isEnded: boolean;
}

/** The lines that stand first: header and keyframe. */
const headLines = 2;

/** Reads a log as far as it is sound; `null`: nothing of it can be played. */
function partOf(text: string): Part | null {
  const chain = new ChainReader();
  const splitter = new LineSplitter();
  const decoder = new TextDecoder();
  const lines: string[] = [];
  let isSound = true;
  splitter.push(new TextEncoder().encode(text), (line) => {
    const body = isSound ? chain.open(line) : null;
    isSound = body !== null;
    if (body !== null) lines.push(decoder.decode(body));
  });
  const { k } = JSON.parse(lines[1] ?? '{}') as { readonly k?: number };
  if (k === undefined) return null;
  const isEnded = lines.at(-1)?.startsWith('{"n":') === true;
  const kept = isEnded ? lines.slice(0, -1) : lines;
  const count = kept.filter((line) => line.startsWith('{"i":')).length;
  return { lines: kept, from: k, to: k + count, isEnded };
}

function join(before: Part | null, part: Part | null): Part | null {
  if (before === null || part === null) return part ?? before;
  if (!before.isEnded || before.to !== part.from) return part;
  // what it begins with is what the one before came to
  const lines = [...before.lines, ...part.lines.slice(headLines)];
  return { ...part, lines, from: before.from };
}

/**
 * Makes one log of logs that go on one after the other, each with a state to begin with. Where something is missing
 * between two of them, it begins after that.
 *
 * @internal
 * @returns Empty where nothing of it can be played.
 */
export function joinLogs(texts: readonly string[]): string {
  const joined = texts.map(partOf).reduce(join, null);
  if (joined === null) return '';
  const writer = new ChainWriter();
  const { lines, from, to, isEnded } = joined;
  const end = isEnded ? [`{"n":${to - from}}`] : [];
  return [...lines, ...end].map((line) => writer.seal(line)).join('');
}
