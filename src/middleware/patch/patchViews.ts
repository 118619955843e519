import { createSelectors } from '../../selectors/createSelectors';
import type { HudhudState } from '../../state/rootReducer';
import type { Runtime, StoreApi } from '../runtime';
import type { PatchView } from './patchRule';
import type { RetainedLogs } from './retainedLogs';

/** What rules read. @internal */
export interface PatchViews {
  /** As everything is now; the same object until something changes. */
  now(): PatchView;
  /** The same without what is pending. */
  confirmed(): PatchView;
  /** The layer alone, without what is retained. */
  layer(): PatchView;
  /** Lets go of the last state that was looked at. */
  forget(): void;
}

/** @internal */
export function createPatchViews(
  { selectors, instance }: Pick<Runtime, 'selectors' | 'instance'>,
  store: StoreApi,
  retained: RetainedLogs,
): PatchViews {
  const ownSelectors = createSelectors(instance);
  let last: PatchView | null = null;
  let lastMessages: HudhudState['messages'] | null = null;

  return {
    now() {
      const root = store.getState();
      const state = selectors.selectHudhud(root);
      const messages = retained.over(state.messages);
      if (last?.layer.root !== root || lastMessages !== messages) {
        const reader = { root, selectors };
        const patched = { ...root, [instance]: { ...state, messages } };
        lastMessages = messages;
        last = {
          layer: reader,
          messages:
            messages === state.messages ? reader : { root: patched, selectors: ownSelectors },
        };
      }
      return last;
    },
    confirmed() {
      const root = store.getState();
      const state = selectors.selectHudhud(root);
      const outbox = { ...state.outbox, channels: [] };
      const settled = { ...state, messages: retained.over(state.messages), outbox };
      // selectors of its own: those of everybody keep what they made
      const reader = {
        root: { ...root, [instance]: settled },
        selectors: createSelectors(instance),
      };
      return { layer: reader, messages: reader };
    },
    layer() {
      const reader = { root: store.getState(), selectors };
      return { layer: reader, messages: reader };
    },
    forget() {
      last = null;
      lastMessages = null;
    },
  };
}
