import { afterEach, describe, expect, it } from '@jest/globals';
import { systemBroadcast } from '../../../src/platform/broadcast';
import { noop, withGlobals } from '../../support/browserGlobals';

let restore = noop;
afterEach(() => {
  restore();
});

describe('systemBroadcast', () => {
  it('hears what others say on its channel, not what it says itself, and nothing once it is closed', async () => {
    const heard: unknown[] = [];
    const one = systemBroadcast.open('a', (message) => heard.push(['one', message]));
    const second = new Promise<unknown>((resolve) => {
      const two = systemBroadcast.open('a', (message) => {
        heard.push(['two', message]);
        two.close();
        resolve(message);
      });
    });
    const other = systemBroadcast.open('b', (message) => heard.push(['other', message]));
    one.post({ type: 'hello' });
    expect(await second).toEqual({ type: 'hello' });
    expect(heard).toEqual([['two', { type: 'hello' }]]);
    one.close();
    other.close();
  });

  it('is silent where there is none', () => {
    restore = withGlobals({ BroadcastChannel: undefined });
    const line = systemBroadcast.open('a', noop);
    line.post('hello');
    line.close();
  });
});
