import type { Cancel } from '../platform/timers';
import type { Present } from './present';
import type { Runtime } from './runtime';

interface Source<E> {
  subscribe(listener: (event: E) => void): Cancel;
}

/**
 * The runtime, as what decides by the state sees it: what reaches it from outside reaches it in the present, and what it
 * asks for is asked for there. The transport keeps the real one: a stream goes on while somebody looks at the past.
 *
 * @internal
 */
export function presentRuntime(runtime: Runtime, present: Present): Runtime {
  const { platform, surroundings, uploader, storage } = runtime;
  const { timers, online, visibility } = platform;
  const inPresent =
    <E>(source: Source<E>) =>
    (listener: (event: E) => void): Cancel => {
      let isOver = false;
      const cancel = source.subscribe((event) => {
        present.run(() => {
          if (!isOver) listener(event);
        });
      });
      return () => {
        isOver = true;
        cancel();
      };
    };
  return {
    ...runtime,
    platform: {
      ...platform,
      timers: {
        after(delayMs, run) {
          let cancelHeld: Cancel | null = null;
          const cancel = timers.after(delayMs, () => {
            cancelHeld = present.run(run);
          });
          return () => {
            cancel();
            cancelHeld?.();
          };
        },
      },
      online: { ...online, subscribe: inPresent(online) },
      visibility: { ...visibility, subscribe: inPresent(visibility) },
    },
    surroundings: { subscribe: inPresent(surroundings) },
    restFor: (signal, reading) => runtime.restFor(signal, reading, present.work),
    storage: {
      read: async (space, prefix) => present.settled(storage.read(space, prefix)),
      write: async (space, changes, expect) =>
        present.settled(storage.write(space, changes, expect)),
      close() {
        storage.close();
      },
    },
    uploader: { upload: async (file) => present.work(() => uploader.upload(file)) },
    owner: async () => present.work(runtime.owner),
  };
}
