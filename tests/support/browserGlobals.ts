/** Nothing to take back yet. */
export const noop = (): void => undefined;

/** Puts names onto `globalThis` for one test; returns how to take them away again. */
export function withGlobals(names: Record<string, unknown>): () => void {
  const before = Object.keys(names).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  for (const [name, value] of Object.entries(names)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, descriptor);
    }
  };
}

/** The part of a browser that the ports listen to, with a count of its listeners. */
export class FakeBrowser {
  readonly window = new CountingTarget();
  readonly document = Object.assign(new CountingTarget(), { visibilityState: 'visible' });
  readonly navigator = { onLine: true };

  globals(): Record<string, unknown> {
    const { window } = this;
    return {
      document: this.document,
      navigator: this.navigator,
      addEventListener: window.addEventListener.bind(window),
      removeEventListener: window.removeEventListener.bind(window),
    };
  }

  listeners(): number {
    return this.window.count + this.document.count;
  }
}

class CountingTarget extends EventTarget {
  count = 0;

  override addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    this.count += 1;
    super.addEventListener(...args);
  }

  override removeEventListener(...args: Parameters<EventTarget['removeEventListener']>): void {
    this.count -= 1;
    super.removeEventListener(...args);
  }
}
