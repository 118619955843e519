/** After the last test: what `integration.ts` has started. */
export default async function end(): Promise<void> {
  const { stopEmulatorHosts } = globalThis as unknown as {
    readonly stopEmulatorHosts: () => Promise<void>;
  };
  await stopEmulatorHosts();
}
