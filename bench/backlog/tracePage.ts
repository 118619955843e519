import { writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';

/** A task of the page's main thread, in ms. */
export interface TracedTask {
  readonly ms: number;
  /** What it took of a processor: the rest of the time others had it. */
  readonly processorMs: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds, here and below. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const tasks = ['toplevel'];
/** What says where the time of a task goes: scripts, style, layout, painting. */
const insides = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8'];

/** Of the renderers that were traced, the one that worked most is the page's. */
function tasksOfPage(events: readonly TraceEvent[]): readonly TracedTask[] {
  const threads = events
    .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
    .map(({ pid, tid }) =>
      events
        .filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X')
        .filter(({ name }) => name === 'ThreadControllerImpl::RunTask')
        .map(({ dur = 0, tdur = 0 }) => ({ ms: dur / 1_000, processorMs: tdur / 1_000 })),
    );
  const sum = (list: readonly TracedTask[]) => list.reduce((all, one) => all + one.processorMs, 0);
  return threads.sort((a, b) => sum(b) - sum(a))[0] ?? [];
}

/**
 * Traces the page from now on; what it gives back ends that.
 *
 * @param file - What takes the whole trace, for the Performance panel of DevTools.
 */
export async function tracePage(
  page: Page,
  file: string | undefined,
): Promise<() => Promise<readonly TracedTask[]>> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    // what Chromium's trace format says of every event
    for (const event of value) events.push(event as unknown as TraceEvent);
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: file === undefined ? tasks : [...tasks, ...insides] },
  });
  return async () => {
    const complete = new Promise<void>((resolve) => {
      session.on('Tracing.tracingComplete', () => {
        resolve();
      });
    });
    await session.send('Tracing.end');
    await complete;
    if (file !== undefined) await writeFile(file, JSON.stringify({ traceEvents: events }));
    return tasksOfPage(events);
  };
}
