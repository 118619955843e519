/** One measured run: CPU time of the whole process (garbage collector's threads included), not wall time. */
interface Run {
  readonly events: number;
  readonly cpuUs: number;
  /** The run was ended early: the figure is of the events that it came to. */
  readonly isCut: boolean;
}

/** What is measured, in steps that each handle `perStep` events. */
export interface Prepared {
  readonly steps: number;
  readonly perStep: number;
  readonly step: (index: number) => void | Promise<void>;
}

/** Prepares one run outside of the clock. */
export type Task = () => Prepared;

const cutMs = 2_000;

async function runOnce({ steps, perStep, step }: Prepared): Promise<Run> {
  const before = process.cpuUsage();
  const deadline = Date.now() + cutMs;
  let done = 0;
  while (done < steps && (done % 16 !== 0 || Date.now() < deadline)) {
    const pending = step(done);
    if (pending !== undefined) await pending;
    done += 1;
  }
  const { user, system } = process.cpuUsage(before);
  return { events: done * perStep, cpuUs: user + system, isCut: done < steps };
}

/** What a peer's process reports. */
export interface Figure {
  /** Median over the runs, µs of CPU per event. */
  readonly usPerEvent: number;
  readonly isCut: boolean;
}

/** Enough for the compiler to have seen what is hot; a chat client runs for hours. */
const warmUps = 3;

/**
 * Runs a task several times over, after warming up. A run that was cut will be cut again: it is not repeated.
 *
 * No collection of garbage is forced between the runs: it would make the compiler take back what it made for the last
 * store of its kind, and each run would measure how that is made again.
 */
export async function measure(task: Task, repetitions: number): Promise<Figure> {
  const costs: number[] = [];
  for (let repetition = -warmUps; repetition < repetitions; repetition++) {
    const run = await runOnce(task());
    if (run.isCut) return { usPerEvent: run.cpuUs / run.events, isCut: true };
    if (repetition >= 0) costs.push(run.cpuUs / run.events);
  }
  costs.sort((a, b) => a - b);
  return { usPerEvent: costs[Math.floor(costs.length / 2)] ?? NaN, isCut: false };
}
