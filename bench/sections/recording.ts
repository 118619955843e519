import { configureStore } from '@reduxjs/toolkit';
import { createHudhud, hudhudCheckOptions } from '../../src/index';
import type { Recorder } from '../../src/replay/index';
import { createLogReader, createMemorySink, createRecorder } from '../../src/replay/index';
import { reducerFor, Verifier } from '../../src/replay/verify';
import { expectSame } from '../heldStore';
import { cpuNow, median } from '../measure';
import type { Section } from '../section';
import { printHead, row, times, us } from '../table';
import { createWorld, creates, toWire } from '../workloads';
import { toChunks } from './bytes';

const messages = 20_000;

/** Nobody gives it time: it notes, and makes no lines until it is told to. */
const never = { timers: { after: () => () => undefined } };

/** From bytes to the store, as in `bytes`, with whatever records. */
async function ingest(chunks: readonly Uint8Array[], recorder: Recorder | null): Promise<number> {
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks[next++];
      if (chunk !== undefined) controller.enqueue(chunk);
    },
  });
  const headers = { 'content-type': 'text/event-stream' };
  const hudhud = createHudhud({
    baseUrl: '/api',
    exposeStatus: false,
    tokens: { getToken: () => 'bench' },
    platform: {
      fetch: () => Promise.resolve(new Response(body, { headers })),
      visibility: { isVisible: () => false, subscribe: () => () => undefined },
    },
  });
  const store = configureStore({
    reducer: { hudhud: hudhud.reducer },
    middleware: (getDefault) =>
      getDefault(hudhudCheckOptions())
        .prepend(hudhud.middleware)
        .concat(recorder === null ? [] : [recorder.middleware]),
    devTools: false,
  });
  recorder?.start();
  const frames = () => hudhud.getStatus().counters.events?.total ?? 0;
  const begun = cpuNow();
  const done = new Promise<void>((resolve) => {
    store.subscribe(() => {
      if (frames() >= messages) resolve();
    });
  });
  hudhud.start();
  await done;
  const spent = cpuNow() - begun;
  hudhud.stop();
  return spent / messages;
}

/** µs per message without a recorder, with one that notes, and what its lines cost on top; one after the other. */
async function measureRecording(rounds: number, warmUps: number) {
  const chunks = toChunks(creates(createWorld(50, 200), 0, messages).map(toWire));
  const spent = { without: [] as number[], noting: [] as number[], lines: [] as number[] };
  for (let round = -warmUps; round < rounds; round++) {
    // in turns: who comes second pays for what the first one left behind
    const isFirst = round % 2 === 0;
    const early = isFirst ? await ingest(chunks, null) : NaN;
    const recorder = createRecorder({ platform: never });
    const noting = await ingest(chunks, recorder);
    const without = isFirst ? early : await ingest(chunks, null);
    const begun = cpuNow();
    recorder.flush();
    const lines = (cpuNow() - begun) / messages;
    await recorder.stop();
    if (round < 0) continue;
    spent.without.push(without);
    spent.noting.push(noting);
    spent.lines.push(lines);
  }
  return [spent.without, spent.noting, spent.lines].map(median);
}

async function record(): Promise<Uint8Array> {
  const sink = createMemorySink();
  const recorder = createRecorder({ platform: never, sink });
  await ingest(toChunks(creates(createWorld(50, 200), 0, messages).map(toWire)), recorder);
  await recorder.stop();
  return new TextEncoder().encode(sink.text());
}

/**
 * µs per message: `JSON.parse` of the lines; the same with everything held, as a state holds it; reading them with their
 * digests; playing them; comparing as well.
 */
async function measureReplay(rounds: number, warmUps: number) {
  const bytes = await record();
  const lines = new TextDecoder().decode(bytes).split('\n').slice(0, -1);
  const play = (verifies: boolean) => {
    let verifier: Verifier | null = null;
    const reader = createLogReader({
      header(header) {
        verifier = new Verifier(reducerFor(header, {}));
      },
      entry(entry) {
        if (verifies || entry.kind !== 'checkpoint') {
          expectSame('differences', verifier?.take(entry).length ?? 0, 0);
        }
      },
    });
    reader.push(bytes);
    reader.end();
  };
  let kept = 0;
  const ways = [
    () => {
      for (const line of lines) JSON.parse(line);
    },
    () => {
      // held until it is counted, and then let go: who comes next does not pay for it
      const held = lines.map((line) => JSON.parse(line) as unknown);
      kept = held.length;
    },
    () => {
      const reader = createLogReader({});
      reader.push(bytes);
      reader.end();
    },
    () => {
      play(false);
    },
    () => {
      play(true);
    },
  ];
  const spent: number[][] = ways.map(() => []);
  for (let round = -warmUps; round < rounds; round++) {
    ways.forEach((way, i) => {
      const begun = cpuNow();
      way();
      if (round >= 0) spent[i]?.push((cpuNow() - begun) / messages);
    });
  }
  expectSame('lines', kept, lines.length);
  return spent.map(median);
}

/** Share of ingest that recording may take, and how many times the parsing of its lines a replay may. */
const goals = { recording: 0.1, replay: 4 };

const met = (is: boolean): string => (is ? 'met' : 'missed');

export const recordingSection: Section = {
  name: 'recording',
  title: 'Recording 20,000 messages from bytes to the store, and playing them again; µs CPU each',
  print(run, { isQuick }) {
    const [without = NaN, noting = NaN, lines = NaN] = run(['recording']) as number[];
    printHead(['', 'µs', '× ingest', 'goal', '']);
    const share = noting / without;
    const verdict = isQuick ? '' : met(share <= 1 + goals.recording);
    console.log(row(['ingest', us(without), times(1), '', '']));
    console.log(
      row(['ingest, recorded', us(noting), times(share), `≤ ${1 + goals.recording}`, verdict]),
    );
    console.log(
      row(['lines of it, when there is time', us(lines), times(lines / without), '', '']),
    );

    const [parse = NaN, kept = NaN, ...rest] = run(['replay']) as number[];
    const [read = NaN, played = NaN, verified = NaN] = rest;
    printHead(['', 'µs', '× JSON.parse', '× parsed and kept', 'goal', '']);
    const line = (name: string, spent: number, aim = '', is = ''): void => {
      console.log(row([name, us(spent), times(spent / parse), times(spent / kept), aim, is]));
    };
    line('JSON.parse of the lines', parse);
    line('the same, and what they hold kept', kept);
    line('read, with digests', read);
    const fast = isQuick ? '' : met(played / parse <= goals.replay);
    line('played', played, `≤ ${goals.replay}× JSON.parse`, fast);
    line('verified', verified);
  },
  measure([what], { effort }) {
    const { repetitions, warmUps } = effort;
    const measureIt = what === 'replay' ? measureReplay : measureRecording;
    // more rounds than elsewhere: a small difference is looked for
    return measureIt(repetitions * 3, warmUps);
  },
};
