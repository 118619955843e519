import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { executablePath, serveBrowser } from '../../tests/support/browserServer';
import { messageWith, signInOn } from '../../tests/support/chatPage';
import { channelId, signIn } from '../../tests/support/client';
import { startDemo } from '../../tests/support/demo';
import { startEmulator } from '../../tests/support/emulator';
import bundleEmulator from '../../tests/setup/emulator';
import { startBacklogProxy } from './backlogProxy';
import { tracePage } from './tracePage';
import { watchFrames } from './watchFrames';

/**
 * How the built demo takes a backlog in Chromium: 10,000 messages at once on a stream that is open, most of them in the
 * channel that is on screen, and how long its frames were meanwhile. With `--trace FILE` the whole trace is
 * kept, for the Performance panel of DevTools: that takes time of its own.
 */

const { values } = parseArgs({
  options: { frames: { type: 'string', default: '10000' }, trace: { type: 'string' } },
});
const count = Number(values.frames);
/** What the browser calls a long task. */
const longMs = 50;

const browserServer = await serveBrowser();
if (browserServer === null) throw new Error(`There is no browser at ${executablePath}.`);
await bundleEmulator();
const emulator = await startEmulator();
const proxy = await startBacklogProxy(emulator.url);
const demo = await startDemo(['--dist', 'demo/dist', '--backend', proxy.url]);
const browser = await chromium.connect(browserServer.wsEndpoint());
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(demo.url);
  await signInOn(page, 'lina');
  const omar = await signIn(emulator.url, 'omar');
  const general = await channelId(omar, 'general');
  const engineering = await channelId(omar, 'engineering');
  const from = Date.now();
  const frames = Array.from({ length: count }, (_unused, n) => {
    const message = {
      ...{ action: 'new_message', message_id: crypto.randomUUID(), user_id: omar.userId },
      ...{ channelId: n % 4 === 3 && n < count - 1 ? engineering : general, username: 'omar' },
      ...{ content: `number ${n + 1}, of a backlog`, type: 'text', metadata: {} },
      ...{ created_at: new Date(from + n).toISOString(), reactions: [] },
    };
    return `event: channel_message\ndata: ${JSON.stringify(message)}\n\n`;
  });
  const endTrace = await tracePage(page, values.trace);
  const end = await watchFrames(page);
  proxy.say(frames.join(''));
  await messageWith(page, `number ${count},`).waitFor({ timeout: 60_000 });
  const { durationMs, frames: drawn, longestGapMs } = await end();
  const tasks = await endTrace();
  const [longest] = [...tasks].sort((a, b) => b.processorMs - a.processorMs);
  const long = tasks.filter(({ ms }) => ms > longMs);
  const own = long.filter(({ processorMs }) => processorMs > longMs);
  console.log(
    `${count} frames: shown after ${Math.round(durationMs)} ms in ${drawn} frames, ` +
      `the longest gap between two ${Math.round(longestGapMs)} ms; ` +
      `tasks over ${longMs} ms: ${long.length}, by what they took of a processor: ${own.length}; ` +
      `at most a task took ${Math.round(longest?.processorMs ?? 0)} ms of it`,
  );
} finally {
  await browser.close();
  await browserServer.close();
  await demo.stop();
  proxy.close();
  await emulator.stop();
}
