import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InlineConfig } from 'vite';
import { build } from 'vite';

/** What every use of Vite here begins with. */
export const viteConfig: InlineConfig = {
  configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
  logLevel: 'warn',
  clearScreen: false,
};

/** A production build. */
export interface BuiltPages {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Builds into a folder of its own, so that several may run side by side. */
export async function buildPages(): Promise<BuiltPages> {
  const folder = await mkdtemp(join(tmpdir(), 'hudhud-demo-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await build({ ...viteConfig, build: { outDir: folder, emptyOutDir: true } });
    return { folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
