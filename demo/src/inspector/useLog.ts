import { useEffect, useState } from 'react';
import type { OpenLog } from './openLog';
import { openLog } from './openLog';
import type { ServedLog } from './servedLogs';
import { fetchLog } from './servedLogs';

type Source = File | ServedLog;

interface Result {
  readonly of: Source | null;
  readonly open: OpenLog | null;
  readonly error: string | null;
}

/** What is shown: a log, what is wrong with one, or nothing yet. */
interface Shown extends Pick<Result, 'open' | 'error'> {
  readonly isLoading: boolean;
}

const nothing: Result = { of: null, open: null, error: null };

async function load(source: Source, signal: AbortSignal): Promise<Result> {
  const { name } = source;
  try {
    const blob = source instanceof File ? source : await fetchLog(source, signal);
    return { of: source, open: await openLog(name, blob), error: null };
  } catch (failure) {
    const sentence = failure instanceof Error ? failure.message : String(failure);
    return { of: source, open: null, error: `${name}: ${sentence}` };
  }
}

/** Opens a log; one that is asked for later counts, whatever becomes of the one before. */
export function useLog(source: Source | null): Shown {
  const [{ of, open, error }, setResult] = useState(nothing);
  useEffect(() => {
    if (source === null) return undefined;
    const stopping = new AbortController();
    void load(source, stopping.signal).then((result) => {
      if (!stopping.signal.aborted) setResult(result);
    });
    return () => {
      stopping.abort();
    };
  }, [source]);
  return { open, error, isLoading: source !== of };
}
