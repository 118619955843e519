import { hostProgram, startHosts } from '../support/emulatorHosts';
import bundleEmulator, { bundleProgram } from './emulator';

/** Before the first test on a real server: the emulator in one file, and a process for each worker that runs some. */
export default async function prepare({
  maxWorkers,
}: {
  readonly maxWorkers: number;
}): Promise<void> {
  const hosts = async () => {
    await bundleProgram('tests/support/programs/emulatorHost.ts', hostProgram);
    return startHosts(maxWorkers);
  };
  const [stopEmulatorHosts] = await Promise.all([hosts(), bundleEmulator()]);
  Object.assign(globalThis, { stopEmulatorHosts });
}
