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
  /** Throws unless a run that was not cut left what it should; outside of the clock. */
  readonly check?: () => void;
}

/** Prepares one run outside of the clock. */
export type Task = () => Prepared | Promise<Prepared>;

/** How much is done for one figure. */
export interface Effort {
  readonly warmUps: number;
  readonly repetitions: number;
  /** A run is cut after so much CPU time: a busy machine cuts no other runs than an idle one. */
  readonly cutMs: number;
}

/** Three warm-ups: enough for the compiler to have seen what is hot; a chat client runs for hours. */
export const fullEffort: Effort = { warmUps: 3, repetitions: 7, cutMs: 2_000 };

/** Shows that everything works, and nothing of what it costs. */
export const quickEffort: Effort = { warmUps: 0, repetitions: 1, cutMs: 200 };

/** CPU time of the process so far, in µs. */
export function cpuNow(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

async function runOnce(prepared: Prepared, cutMs: number): Promise<Run> {
  const { steps, perStep, step, check } = prepared;
  const before = cpuNow();
  const mostUs = cutMs * 1000;
  let done = 0;
  while (done < steps && (done % 16 !== 0 || cpuNow() - before < mostUs)) {
    const pending = step(done);
    if (pending !== undefined) await pending;
    done += 1;
  }
  const cpuUs = cpuNow() - before;
  const isCut = done < steps;
  if (!isCut) check?.();
  return { events: done * perStep, cpuUs, isCut };
}

/** What a peer's process reports. */
export interface Figure {
  /** Median over the runs, µs of CPU per event. */
  readonly usPerEvent: number;
  readonly isCut: boolean;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/**
 * Runs a task several times over, after warming up. A run that was cut will be cut again: it is not repeated.
 *
 * No collection of garbage is forced between the runs: it would make the compiler take back what it made for the last
 * store of its kind, and each run would measure how that is made again.
 */
export async function measure(task: Task, effort: Effort): Promise<Figure> {
  const { warmUps, repetitions, cutMs } = effort;
  const costs: number[] = [];
  for (let repetition = -warmUps; repetition < repetitions; repetition++) {
    const run = await runOnce(await task(), cutMs);
    if (run.isCut) return { usPerEvent: run.cpuUs / run.events, isCut: true };
    if (repetition >= 0) costs.push(run.cpuUs / run.events);
  }
  return { usPerEvent: median(costs), isCut: false };
}
