import type { HudhudAction } from '../actions/define';
import { loadDone, loadFailed, loadStarted } from '../actions/load';
import type { RestClient } from '../api/rest';
import { isHudhudError } from '../errors';
import type { BudgetUse } from '../transport/rateBudget';
import type { Asking } from './ordinals';
import type { Runtime, StoreApi } from './runtime';

/** What a request under way works with. @internal */
export interface Loading {
  /** Its requests end when it is called off. */
  readonly rest: RestClient;
  readonly asking: Asking;
  /** Dispatches what was learned, unless it was called off meanwhile. */
  readonly tell: (action: HudhudAction) => void;
}

type Run = (loading: Loading) => Promise<void>;

/**
 * Requests under way by key, one at a time, with the actions that say so.
 *
 * @internal
 */
export interface Loads {
  /**
   * Joins the one under way; `isFresh`: follows it, since what began before is not enough. Never rejects; tells whether
   * it brought what was asked for. The state does not tell that: another one may have begun by then.
   *
   * @param use - What its requests are for, as far as limits go.
   */
  once(key: string, run: Run, isFresh?: boolean, use?: BudgetUse): Promise<boolean>;
  /** Calls one off without a word, for another one that takes its key. */
  cancel(key: string): void;
  /** Calls all off, and says so. */
  stop(): void;
  /** Calls all off without a word. */
  forget(): void;
}

interface UnderWay {
  readonly abort: AbortController;
  done: Promise<boolean>;
}

/** @internal */
export function createLoads(runtime: Runtime, store: StoreApi): Loads {
  const { platform, ordinals, instance, restFor } = runtime;
  const underWay = new Map<string, UnderWay>();
  /** Grows when all is called off: what was to follow does not. */
  let life = 0;

  const perform = async (
    key: string,
    load: UnderWay,
    run: Run,
    use: BudgetUse | undefined,
  ): Promise<boolean> => {
    const isCurrent = () => underWay.get(key) === load;
    store.dispatch(loadStarted({ key }, instance));
    const asking = ordinals.ask(platform.clock.now());
    let end: HudhudAction;
    try {
      await run({
        rest: restFor(load.abort.signal, use),
        asking,
        tell(action) {
          if (isCurrent()) store.dispatch(action);
        },
      });
      end = loadDone({ key }, instance);
    } catch (error) {
      const code = isHudhudError(error) ? error.code : 'BAD_RESPONSE';
      platform.logger.debug('load failed', { key, code });
      end = loadFailed({ key, code }, instance);
    }
    asking.fail();
    if (!isCurrent()) return false;
    underWay.delete(key);
    store.dispatch(end);
    return end.type === loadDone.type;
  };
  const cancel = (key: string) => {
    const load = underWay.get(key);
    underWay.delete(key);
    load?.abort.abort();
  };
  const once: Loads['once'] = (key, run, isFresh = false, use) => {
    const known = underWay.get(key);
    if (known === undefined) {
      const load: UnderWay = { abort: new AbortController(), done: Promise.resolve(false) };
      underWay.set(key, load);
      load.done = perform(key, load, run, use);
      return load.done;
    }
    if (!isFresh) return known.done;
    const mine = life;
    return known.done.then(() => (mine === life ? once(key, run, false, use) : false));
  };
  const cancelAll = (): string[] => {
    life += 1;
    const keys = [...underWay.keys()];
    keys.forEach(cancel);
    return keys;
  };
  return {
    once,
    cancel,
    stop() {
      for (const key of cancelAll()) {
        store.dispatch(loadFailed({ key, code: 'ABORTED' }, instance));
      }
    },
    forget() {
      cancelAll();
    },
  };
}
