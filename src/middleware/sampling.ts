import type { UnknownAction } from '@reduxjs/toolkit';
import { stopRequested } from '../actions/command';
import { connectionChanged } from '../actions/connection';
import { isType } from '../actions/define';
import type { Metrics } from '../actions/metrics';
import { metricsSampled } from '../actions/metrics';
import { sessionEnded } from '../actions/session';
import { frameCommitted } from '../actions/stream';
import type { Platform } from '../platform/platform';
import type { Cancel } from '../platform/timers';
import type { StoreApi } from './runtime';

/** Milliseconds from one sample to the next, at least. */
const sampleEveryMs = 5_000;

/** Brings metrics into the state while something happens; where nothing does, nothing is told. @internal */
export interface Sampling {
  readonly note: (action: UnknownAction) => void;
}

interface SamplingOptions {
  readonly instance: string;
  readonly platform: Pick<Platform, 'clock' | 'timers'>;
  readonly read: () => Metrics;
}

/** @internal */
export function createSampling(
  { instance, platform, read }: SamplingOptions,
  store: StoreApi,
): Sampling {
  const { clock, timers } = platform;
  let cancel: Cancel | null = null;
  let lastAt = -Infinity;
  const stop = (): void => {
    cancel?.();
    cancel = null;
  };
  const arm = (): void => {
    cancel ??= timers.after(Math.max(0, lastAt + sampleEveryMs - clock.now()), () => {
      cancel = null;
      lastAt = clock.now();
      store.dispatch(metricsSampled({ at: lastAt, metrics: read() }, instance));
    });
  };
  return {
    note(action) {
      if (isType(action, stopRequested) || isType(action, sessionEnded)) stop();
      else if (isType(action, connectionChanged)) {
        if (action.payload.phase === 'idle') stop();
        else arm();
      } else if (isType(action, frameCommitted)) arm();
    },
  };
}
