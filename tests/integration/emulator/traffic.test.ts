import { expect, test } from '@jest/globals';
import { signIn } from '../../support/client';
import { startEmulator } from '../../support/emulator';
import { frameOf, openStream } from '../../support/stream';
import type { Snapshot } from '../../support/wire';

test('bots type, write, react and come and go, until the server stops', async () => {
  const emulator = await startEmulator(['--traffic', '--traffic-rate', '40', '--seed', 'full']);
  const lina = await signIn(emulator.url, 'lina');
  const stream = await openStream(emulator.url, lina.token);
  await stream.next(frameOf('typing'));
  const message = await stream.next(frameOf('channel_message', { action: 'new_message' }));
  await stream.next(frameOf('reaction', { type: 'reaction_added' }));
  await stream.next(frameOf('presence', { action: 'update' }));

  // whom people sign in as is never played
  const { body } = await lina.get<Snapshot>('/workspace/hudhud/general');
  const online = body.active_members.filter(({ status }) => status !== 'offline');
  expect(online.length).toBeGreaterThan(5);
  const names = online.map(({ username }) => username);
  for (const left of ['omar', 'sara', 'yusuf']) expect(names).not.toContain(left);
  expect(message.data['user_id']).not.toBe(lina.userId);

  expect(await emulator.stop()).toBe(0);
  expect(emulator.stderr()).toBe('');
});
