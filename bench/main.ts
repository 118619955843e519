import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bytesToStore } from './bytesToStore';
import type { Figure } from './measure';
import { measure } from './measure';
import type { Peer } from './peer';
import { entityAdapterPeer } from './peers/entityAdapter';
import { floorPeer } from './peers/floor';
import { hudhudPeer } from './peers/hudhud';
import { zustandPeer } from './peers/zustand';
import { workloads } from './runs';

/**
 * What a stream of chat events costs, beside a floor and two common ways to hold them. Each peer runs in a process of
 * its own, one after the other, so that nobody pays for another's garbage. Only ratios mean something: absolute times
 * depend on the machine and on its other work.
 */

const peers: readonly Peer[] = [floorPeer, hudhudPeer, entityAdapterPeer, zustandPeer];
const sizes = [1_000, 10_000, 100_000];
const repetitions = 7;
/** Holding more than this, the slow peers need minutes to load it: they are left out, and the table says so. */
const most = 10_000;

function inOwnProcess(...args: readonly string[]): Figure {
  const self = fileURLToPath(import.meta.url);
  const { stdout, status } = spawnSync(process.execPath, [self, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the run of ${args.join(' ')} failed`);
  return JSON.parse(stdout) as Figure;
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function printHead(): void {
  console.log(`\n${row(['', 'µs CPU per event', '× floor', 'goal', ''])}`);
  console.log('|---|---:|---:|---:|---|');
}

function printRow(peer: Peer, { usPerEvent, isCut }: Figure, floor: Figure, goal: number | null) {
  const more = isCut ? '>' : '';
  const ratio = usPerEvent / floor.usPerEvent;
  const aimed = peer === hudhudPeer && goal !== null ? goal : null;
  const aim = aimed === null ? '' : `≤ ${aimed}`;
  const verdict = aimed === null ? '' : ratio <= aimed ? 'met' : 'missed';
  const cells = [usPerEvent.toFixed(2), `${ratio.toFixed(2)}×`].map((cell) => more + cell);
  console.log(row([peer.name, ...cells, aim, verdict]));
}

function runWorkload(index: number): void {
  const workload = workloads[index];
  if (workload === undefined) return;
  console.log(`\n## ${workload.title}`);
  const ours: number[] = [];
  for (const held of sizes) {
    const skipped = held > most ? ' (the other peers take minutes to load this: left out)' : '';
    console.log(`\n${held.toLocaleString('en')} held${skipped}`);
    printHead();
    let floor: Figure | null = null;
    for (const peer of held > most ? [floorPeer, hudhudPeer] : peers) {
      const figure = inOwnProcess(String(index), String(held), String(peers.indexOf(peer)));
      floor ??= figure;
      printRow(peer, figure, floor, workload.goal);
      if (peer === hudhudPeer) ours.push(figure.usPerEvent);
    }
  }
  const growth = (ours.at(-1) ?? NaN) / (ours[0] ?? NaN);
  console.log(`\ngrowth of ours from 1,000 to 100,000 held: ${growth.toFixed(2)}× (goal ≤ 1.5×)`);
}

const [workload, held, peer] = process.argv.slice(2).map(Number);
if (workload !== undefined && held !== undefined && peer !== undefined) {
  const wanted = peers[peer];
  const chosen = workloads[workload];
  const figure =
    chosen === undefined || wanted === undefined
      ? await bytesToStore(wanted === floorPeer ? 'floor' : 'store', repetitions)
      : await measure(() => chosen.prepare(wanted, held), repetitions);
  console.log(JSON.stringify(figure));
} else {
  workloads.forEach((_, index) => {
    runWorkload(index);
  });
  console.log('\n## From bytes to the store: 20,000 messages over 50 channels');
  printHead();
  const beyond = String(workloads.length);
  const floor = inOwnProcess(beyond, '0', '0');
  printRow(floorPeer, floor, floor, 2);
  printRow(hudhudPeer, inOwnProcess(beyond, '0', '1'), floor, 2);
}
