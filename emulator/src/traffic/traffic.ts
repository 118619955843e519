import type { Context } from '../context.ts';

export async function startTraffic(
  _context: Context,
  _rate: number,
  _report: (error: unknown) => void,
): Promise<() => Promise<void>> {
  return () => Promise.resolve();
}
