import type { HudhudSelectors, HudhudState } from '@hudhud/state';
import { createSelectors } from '@hudhud/state';
import type { Log, LogAction, Player } from '@hudhud/state/replay';
import { createPlayer, readLog } from '@hudhud/state/replay';
import type { Track } from './track';
import { trackOf } from './track';

/** A log that is looked at. */
export interface OpenLog {
  readonly name: string;
  readonly log: Log;
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

async function unpacked(blob: Blob): Promise<Uint8Array> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = blob.stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Reads a log, packed or not. Rejects with what is wrong with it. */
export async function openLog(name: string, blob: Blob): Promise<OpenLog> {
  const log = readLog(await unpacked(blob));
  const player = createPlayer(log);
  return {
    ...{ name, log, player },
    track: trackOf(log, player.first),
    selectors: createSelectors(log.header.instance),
    differing: player.verify().map(({ slice }) => slice),
  };
}
