import { writeFileSync } from 'node:fs';
import { createPlayer } from '../../src/replay/player';
import { readLog } from '../../src/replay/readLog';
import { startEmulator } from '../support/emulator';
import bundleEmulator from '../setup/emulator';
import { sessions } from './sessions';

/**
 * Records the golden logs anew: `node --import tsx tests/replay/record.ts`. Only where what actions or states hold was
 * changed on purpose: until then, old logs have to come to the same.
 */
await bundleEmulator();
for (const session of sessions) {
  const emulator = await startEmulator();
  try {
    for (const [name, text] of Object.entries(await session(emulator))) {
      const found = createPlayer(readLog(text)).verify();
      if (found.length > 0) throw new Error(`${name}: ${JSON.stringify(found)}`);
      writeFileSync(`tests/replay/${name}.ndjson`, text);
      console.log(`${name}: ${text.length} characters`);
    }
  } finally {
    await emulator.stop();
  }
}
process.exit(0);
