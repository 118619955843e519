interface MemoryScope {
  readonly performance?: { readonly memory?: { readonly usedJSHeapSize?: number } };
  readonly process?: { readonly memoryUsage?: () => { readonly heapUsed: number } };
}

/** Bytes of the heap that are in use, where the environment tells: in Node and in Chromium. @internal */
export function usedMemory(): number | null {
  const { performance, process } = globalThis as MemoryScope;
  return performance?.memory?.usedJSHeapSize ?? process?.memoryUsage?.().heapUsed ?? null;
}
