import type { Metrics } from '../actions/metrics';
import type { HudhudRootState, StateSelector } from './root';

/** @public */
export interface MetricsSelectors {
  /** The newest sample, with the option `sampleMetrics`; else `null`. `getStatus().metrics` is always fresh. */
  readonly selectMetrics: (root: HudhudRootState) => Metrics | null;
}

/** @internal */
export function createMetricsSelectors(select: StateSelector): MetricsSelectors {
  return { selectMetrics: (root) => select(root).metrics?.metrics ?? null };
}
