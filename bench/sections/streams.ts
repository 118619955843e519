import type { Figure } from '../measure';
import { measure } from '../measure';
import type { Peer } from '../peer';
import { entityAdapterPeer } from '../peers/entityAdapter';
import { floorPeer } from '../peers/floor';
import { hudhudPeer } from '../peers/hudhud';
import { streamChatPeer } from '../peers/streamChat';
import { zustandPeer } from '../peers/zustand';
import type { Workload } from '../runs';
import { workloads } from '../runs';
import type { Section } from '../section';
import { count, times } from '../table';
import { printFigure, printFigureHead } from './figures';

const peers: readonly Peer[] = [
  floorPeer,
  hudhudPeer,
  entityAdapterPeer,
  zustandPeer,
  streamChatPeer,
];
/** Holding more than this, the slow peers need minutes to load it: they are left out, and the table says so. */
const most = 10_000;

/** The same stream into every peer. */
function streamSection({ name, title, goal, prepare }: Workload): Section {
  return {
    name,
    title,
    print(run, { sizes, isQuick }) {
      const ours: number[] = [];
      for (const held of sizes) {
        const left = held > most ? ' (the other peers take minutes to load this: left out)' : '';
        console.log(`\n${count(held)} held${left}`);
        printFigureHead();
        let floor: Figure | null = null;
        for (const peer of held > most ? [floorPeer, hudhudPeer] : peers) {
          const figure = run([held, peers.indexOf(peer)]) as Figure;
          floor ??= figure;
          const aimed = peer === hudhudPeer && !isQuick ? goal : null;
          printFigure({ name: peer.name, figure, floor, goal: aimed });
          if (peer === hudhudPeer) ours.push(figure.usPerEvent);
        }
      }
      if (sizes.length < 2) return;
      const growth = times((ours.at(-1) ?? NaN) / (ours[0] ?? NaN));
      console.log(`\ngrowth of ours from 1,000 to 100,000 held: ${growth} (goal ≤ 1.5×)`);
    },
    async measure([held = '', index = ''], { effort }) {
      const peer = peers[Number(index)];
      if (peer === undefined) throw new Error(`no peer ${index}`);
      await peer.load?.();
      return measure(() => prepare(peer, Number(held)), effort);
    },
  };
}

export const streamSections: readonly Section[] = workloads.map(streamSection);
