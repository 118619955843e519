import type { UnknownAction } from '@reduxjs/toolkit';
import { isType } from '../actions/define';
import type { MetricsSampled } from '../actions/metrics';
import { metricsSampled } from '../actions/metrics';
import { sessionEnded } from '../actions/session';

/** The newest sample; `null` where none is taken. @public */
export type MetricsState = MetricsSampled | null;

/** What the server says changes nothing here: samples are of the client. @internal */
export function metricsReducer(
  state: MetricsState | undefined,
  action: UnknownAction,
): MetricsState {
  if (state === undefined || isType(action, sessionEnded)) return null;
  return isType(action, metricsSampled) ? action.payload : state;
}
