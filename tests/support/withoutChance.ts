import { webcrypto } from 'node:crypto';

function poisoned(): never {
  throw new Error('Reducers and selectors read no clock and no chance.');
}

/** Runs with every clock and every source of chance throwing. */
export function withoutChance<T>(run: () => T): T {
  const sources: [object, string][] = [
    [Date, 'now'],
    [Math, 'random'],
    [Object.getPrototypeOf(performance) as object, 'now'],
    [Object.getPrototypeOf(webcrypto) as object, 'getRandomValues'],
    [Object.getPrototypeOf(webcrypto) as object, 'randomUUID'],
  ];
  const held = sources.map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name));
  for (const [owner, name] of sources) {
    Object.defineProperty(owner, name, { value: poisoned, configurable: true, writable: true });
  }
  try {
    return run();
  } finally {
    sources.forEach(([owner, name], i) => {
      const before = held[i];
      if (before !== undefined) Object.defineProperty(owner, name, before);
    });
  }
}
