import type { MessageRow } from '@hudhud/state';
import { useEffect, useEffectEvent, useRef } from 'react';
import { announce } from '../app/announcer';
import { useStrings } from '../i18n/language';

const none: ReadonlySet<string> = new Set();

/** Says once of each operation that it has failed. That it worked needs no word. */
export function useFailureNews(rows: readonly MessageRow[]): void {
  const { status, error } = useStrings();
  const known = useRef(none);
  const hear = useEffectEvent(() => {
    const failed = rows.flatMap(({ pending }) => (pending?.status === 'failed' ? [pending] : []));
    for (const { opId, kind, code } of failed) {
      if (!known.current.has(opId)) announce(status.failed(kind, error(code)));
    }
    known.current = failed.length === 0 ? none : new Set(failed.map(({ opId }) => opId));
  });
  useEffect(() => {
    hear();
  }, [rows]);
}
