/** One measured run: CPU time of the whole process (garbage collector's threads included), not wall time. */
export interface Run {
  readonly events: number;
  readonly cpuUs: number;
  /** The run was ended early: the figure is of the events that it came to. */
  readonly isCut: boolean;
}

export interface Task {
  readonly name: string;
  /** Prepares outside of the clock and gives back what is measured, in steps that each handle `perStep` events. */
  prepare(): { readonly steps: number; readonly perStep: number; step: (index: number) => void };
}

const cutMs = 2_000;

function runOnce(task: Task): Run {
  const { steps, perStep, step } = task.prepare();
  globalThis.gc?.();
  const before = process.cpuUsage();
  const deadline = Date.now() + cutMs;
  let done = 0;
  while (done < steps && Date.now() < deadline) {
    step(done);
    done += 1;
  }
  const { user, system } = process.cpuUsage(before);
  return { events: done * perStep, cpuUs: user + system, isCut: done < steps };
}

export interface Figure {
  readonly name: string;
  /** Median over the runs, µs of CPU per event. */
  readonly usPerEvent: number;
  readonly isCut: boolean;
}

/** Runs all tasks in turn, several times over, so that the machine's mood is shared; one warm-up each. */
export function measure(tasks: readonly Task[], repetitions: number): Figure[] {
  const runs = tasks.map((): Run[] => []);
  for (let repetition = -1; repetition < repetitions; repetition++) {
    tasks.forEach((task, i) => {
      const known = runs[i] ?? [];
      // a run that was cut once will be cut again: it is not repeated
      if (known.some((run) => run.isCut)) return;
      const run = runOnce(task);
      if (repetition >= 0 || run.isCut) known.push(run);
    });
  }
  return tasks.map((task, i) => {
    const costs = (runs[i] ?? []).map((run) => run.cpuUs / run.events).sort((a, b) => a - b);
    return {
      name: task.name,
      usPerEvent: costs[Math.floor(costs.length / 2)] ?? NaN,
      isCut: (runs[i] ?? []).some((run) => run.isCut),
    };
  });
}
