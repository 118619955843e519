import type { SourceHandlers } from './source';

/**
 * Handlers for a try of which it is not yet known whether anything comes through. Until the first frame they keep what is
 * said; then they ask whose it is, and pass it all on. Nothing is kept where nobody wants it.
 *
 * @internal
 * @param onHeard - Called with the first frame; gives who hears it all from then on, or `null`.
 */
export function holdUntilHeard(onHeard: () => SourceHandlers | null): SourceHandlers {
  const held: ((handlers: SourceHandlers) => void)[] = [];
  let state: 'holding' | 'over' | SourceHandlers = 'holding';

  const pass = (call: (handlers: SourceHandlers) => void) => {
    if (state === 'holding') held.push(call);
    else if (state !== 'over') call(state);
  };
  const release = () => {
    if (state !== 'holding') return;
    state = 'over';
    const handlers = onHeard();
    if (handlers === null) return;
    state = handlers;
    for (const call of held.splice(0)) call(handlers);
  };
  return {
    onOpen(info) {
      pass((handlers) => {
        handlers.onOpen(info);
      });
    },
    onContinuity(isWhole) {
      pass((handlers) => {
        handlers.onContinuity(isWhole);
      });
    },
    onId(id) {
      pass((handlers) => {
        handlers.onId(id);
      });
    },
    onFrame(frame) {
      release();
      pass((handlers) => {
        handlers.onFrame(frame);
      });
    },
    onRead() {
      pass((handlers) => {
        handlers.onRead();
      });
    },
    onRetry(ms) {
      pass((handlers) => {
        handlers.onRetry(ms);
      });
    },
    onComment(text) {
      pass((handlers) => {
        handlers.onComment?.(text);
      });
    },
  };
}
