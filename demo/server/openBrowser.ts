import { spawn } from 'node:child_process';

type Command = readonly [name: string, ...args: string[]];

/** The desktop's own way to open an address; `undefined` where there is no desktop. */
function command(url: string): Command | undefined {
  if (process.platform === 'darwin') return ['open', url];
  // the empty word is the window's title
  if (process.platform === 'win32') return ['cmd', '/c', 'start', '', url];
  const hasDesktop =
    process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
  return hasDesktop ? ['xdg-open', url] : undefined;
}

/** Opens the default browser where there is one. Never fails: the address is printed anyway. */
export function openBrowser(url: string): void {
  const found = command(url);
  if (found === undefined) return;
  const [name, ...args] = found;
  const child = spawn(name, args, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
