import type { Context, ReactElement, ReactNode } from 'react';
import { createContext, useContext, useEffect } from 'react';
import { HudhudError } from '../errors';
import type { Hudhud } from '../store/createHudhud';

/** Carries the instance to the hooks; what changes is read from the store. @public */
export const RealtimeContext: Context<Hudhud | null> = createContext<Hudhud | null>(null);

/** @public */
export interface RealtimeProviderProps {
  /** Made once, outside of components. */
  readonly hudhud: Hudhud;
  /** Opens the stream while mounted. Off: the host calls `hudhud.start()` itself. Default `true`. */
  readonly autoStart?: boolean;
  readonly children?: ReactNode;
}

/** How many mounted providers want an instance to run: one may take over from another in a single commit. */
const wanted = new WeakMap<Hudhud, number>();

function hold(hudhud: Hudhud): () => void {
  hudhud.start();
  wanted.set(hudhud, (wanted.get(hudhud) ?? 0) + 1);
  return () => {
    wanted.set(hudhud, (wanted.get(hudhud) ?? 1) - 1);
    // StrictMode unmounts and mounts again at once: only who stays away closes the stream
    queueMicrotask(() => {
      if (wanted.get(hudhud) === 0) hudhud.stop();
    });
  };
}

/**
 * Gives the hooks below it their instance, and keeps the stream open while it is mounted: one stream, under StrictMode
 * too, and none on a server, where effects do not run. Belongs inside react-redux's `Provider`.
 *
 * @public
 * @example
 * ```tsx
 * <Provider store={store}>
 *   <RealtimeProvider hudhud={hudhud}>
 *     <ChatArea />
 *   </RealtimeProvider>
 * </Provider>
 * ```
 */
export function RealtimeProvider({
  hudhud,
  autoStart = true,
  children,
}: RealtimeProviderProps): ReactElement {
  useEffect(() => (autoStart ? hold(hudhud) : undefined), [hudhud, autoStart]);
  return <RealtimeContext.Provider value={hudhud}>{children}</RealtimeContext.Provider>;
}

/**
 * The instance of the nearest provider.
 *
 * @public
 * @throws HudhudError `PROVIDER_MISSING` outside of a `RealtimeProvider`.
 */
export function useHudhud(): Hudhud {
  const hudhud = useContext(RealtimeContext);
  if (hudhud === null) {
    throw new HudhudError(
      'PROVIDER_MISSING',
      'This hook needs a RealtimeProvider above it: <RealtimeProvider hudhud={hudhud}>…</RealtimeProvider>, inside the Provider of react-redux.',
    );
  }
  return hudhud;
}
