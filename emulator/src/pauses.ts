/** Waits that can all be ended at once: whoever waits goes on, and looks at `ended`. */
export interface Pauses {
  pause(ms: number): Promise<void>;
  end(): void;
  readonly ended: boolean;
}

export function makePauses(): Pauses {
  const waiting = new Map<NodeJS.Timeout, () => void>();
  let ended = false;
  return {
    pause: (ms) =>
      new Promise((resolve) => {
        if (ended) {
          resolve();
          return;
        }
        const timer = setTimeout(() => {
          waiting.delete(timer);
          resolve();
        }, ms);
        waiting.set(timer, resolve);
      }),
    end: () => {
      ended = true;
      for (const [timer, resolve] of waiting) {
        clearTimeout(timer);
        resolve();
      }
      waiting.clear();
    },
    get ended() {
      return ended;
    },
  };
}
