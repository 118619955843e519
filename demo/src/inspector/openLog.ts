import type { HudhudSelectors, HudhudState } from '@hudhud/state';
import { createSelectors } from '@hudhud/state';
import type { BrokenLine, Log, LogAction, Player } from '@hudhud/state/replay';
import { createPlayer } from '@hudhud/state/replay';
import { readAny, withPassedOver } from './readAny';
import type { Track } from './track';
import { trackOf } from './track';
import { unpack } from './unpack';

/** A log that is looked at. */
export interface OpenLog {
  readonly name: string;
  readonly log: Log;
  /** Lines that are not as they were written. */
  readonly broken: readonly BrokenLine[];
  readonly player: Player;
  readonly track: Track;
  readonly selectors: HudhudSelectors;
  /** Slices that came to something else than what was recorded. */
  readonly differing: readonly string[];
}

/** What there is at a position: the state, and the action that comes next. */
export interface Moment {
  /** As the host's state, for selectors. */
  readonly root: Readonly<Record<string, HudhudState>>;
  readonly next: LogAction | null;
}

/** The player computes a state once and remembers it: to ask again costs nothing. */
export function momentAt({ log, player }: OpenLog, position: number): Moment {
  player.seek(position);
  // which slices there are is said by the log
  const state = player.state as unknown as HudhudState;
  return { root: { [log.header.instance]: state }, next: player.next };
}

/** Reads a log, packed or not, and what is left of a broken one. Rejects with what is wrong if that is nothing. */
export async function openLog(name: string, blob: Blob): Promise<OpenLog> {
  const read = readAny(await unpack(blob));
  const { log } = read;
  const isSound = read.broken.length === 0;
  const broken = isSound ? read.broken : withPassedOver(read);
  // reducers that throw over a sound log are a bug of theirs, and nothing to pass over
  const player = createPlayer(log, isSound ? {} : { onThrow: () => undefined });
  return {
    ...{ name, log, broken, player },
    track: trackOf(log, player.first),
    selectors: createSelectors(log.header.instance),
    differing: player.verify().map(({ slice }) => slice),
  };
}
