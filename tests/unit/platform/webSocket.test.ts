import { afterEach, describe, expect, it } from '@jest/globals';

import { systemOpenSocket } from '../../../src/platform/webSocket';
import { noop, withGlobals } from '../../support/browserGlobals';

class FakeSocket {
  static made: FakeSocket[] = [];
  onopen: () => void = noop;
  onmessage: (event: { data: unknown }) => void = noop;
  onclose: (event: { code: number }) => void = noop;
  readonly sent: string[] = [];
  isClosed = false;
  readonly url: string;

  constructor(url: string) {
    this.url = url;
    FakeSocket.made.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.isClosed = true;
  }
}

function listen() {
  const heard: string[] = [];
  const handlers = {
    onOpen: () => heard.push('open'),
    onText: (text: string) => heard.push(text),
    onClose: (code: number) => heard.push(`close ${code}`),
  };
  return { heard, handlers };
}

describe('systemOpenSocket', () => {
  let restore: () => void = noop;
  afterEach(() => {
    restore();
    FakeSocket.made = [];
  });

  it('has none where there is none', () => {
    restore = withGlobals({ WebSocket: undefined });
    expect(systemOpenSocket('ws://host.test/x', listen().handlers)).toBeNull();
  });

  it.each([
    ['https://host.test/api/ws', 'wss://host.test/api/ws'],
    ['http://host.test/api/ws#x', 'ws://host.test/api/ws'],
    ['wss://host.test/ws', 'wss://host.test/ws'],
    ['/api/ws?a=1', 'wss://page.test/api/ws?a=1'],
  ])('opens %s as %s', (url, opened) => {
    const location = { href: 'https://page.test/some/where' };
    restore = withGlobals({ WebSocket: FakeSocket, location });
    systemOpenSocket(url, listen().handlers);
    expect(FakeSocket.made.map((socket) => socket.url)).toEqual([opened]);
  });

  it('tells what happens, until it is closed', () => {
    restore = withGlobals({ WebSocket: FakeSocket });
    const { heard, handlers } = listen();
    const socket = systemOpenSocket('ws://host.test', handlers);
    const [line] = FakeSocket.made;
    line?.onopen();
    socket?.send('hello');
    line?.onmessage({ data: 'text' });
    line?.onmessage({ data: new ArrayBuffer(1) });
    socket?.close();
    line?.onmessage({ data: 'late' });
    line?.onclose({ code: 1_000 });
    expect([heard, line?.sent, line?.isClosed]).toEqual([['open', 'text'], ['hello'], true]);
  });

  it('tells once that it is gone', () => {
    restore = withGlobals({ WebSocket: FakeSocket });
    const { heard, handlers } = listen();
    systemOpenSocket('ws://host.test', handlers);
    const [line] = FakeSocket.made;
    line?.onclose({ code: 1_006 });
    line?.onclose({ code: 1_006 });
    line?.onopen();
    expect(heard).toEqual(['close 1006']);
  });
});
