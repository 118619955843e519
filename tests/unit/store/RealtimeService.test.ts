import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ServerEvent } from '../../../src';
import { RealtimeService } from '../../../src';
import type { ScriptedBody, ScriptedServer } from '../../../src/testing';
import { createScriptedServer } from '../../../src/testing';
import { noop, withGlobals } from '../../support/browserGlobals';
import { until } from '../../support/deadline';
import { frame, messageFrame, messageId } from '../../support/hudhudAnswers';

const url = 'https://hudhud.test/api/realtime/stream';

describe('RealtimeService', () => {
  let restore = noop;
  let server: ScriptedServer;
  let bodies: ScriptedBody[];
  let service: RealtimeService;

  beforeEach(() => {
    bodies = [];
    server = createScriptedServer((request) => {
      bodies.push(request.stream());
    });
    restore = withGlobals({ fetch: server.fetch });
    service = new RealtimeService();
  });
  afterEach(() => {
    service.disconnect();
    restore();
  });

  const opened = async (count: number) => {
    await until(
      () => Promise.resolve([bodies.length, service.getStatus()?.connectionStatus]),
      ([streams, status]) => streams === count && status === 'connected',
    );
  };
  const heard = (list: readonly ServerEvent[], count: number) =>
    until(
      () => Promise.resolve(list.length),
      (length) => length === count,
    );

  it('opens one stream with the token in a header, and tells events by type', async () => {
    const messages: string[] = [];
    const events: ServerEvent[] = [];
    service.on('channel_message', (event) => {
      messages.push(event.message.id);
    });
    service.on('ping', (event) => events.push(event));
    expect(service.getStatus()).toBeNull();
    service.connect({ url, token: 't0k' });
    await opened(1);
    expect(server.last().url).toBe(url);
    expect(server.last().headers.get('Authorization')).toBe('Bearer t0k');
    bodies[0]?.push(messageFrame(1) + frame('ping', {}));
    await heard(events, 1);
    expect(messages).toEqual([messageId(1)]);
  });

  it('keeps its handlers across disconnect and connect (D10), but for those that left', async () => {
    const events: ServerEvent[] = [];
    const left = jest.fn();
    const late = (event: ServerEvent) => {
      events.push(event);
    };
    service.on('ping', left);
    service.connect({ url, token: 't0k' });
    await opened(1);
    service.on('ping', late);
    service.off('ping', left);
    service.disconnect();
    expect(service.getStatus()).toBeNull();
    await until(
      () => Promise.resolve(bodies[0]?.isOpen()),
      (isOpen) => isOpen === false,
    );
    service.connect({ url, token: 't1k' });
    await opened(2);
    bodies[1]?.push(frame('ping', {}));
    await heard(events, 1);
    expect(left).not.toHaveBeenCalled();
  });

  it('closes the stream that is open when it connects again', async () => {
    service.connect({ url, token: 'a' });
    await opened(1);
    service.connect({ url: '/realtime/stream', token: 'b' });
    await opened(2);
    expect(bodies.map((body) => body.isOpen())).toEqual([false, true]);
    expect(server.last().url).toBe('/realtime/stream');
  });

  it("takes the guide's numbers", async () => {
    service.connect({ url, token: 'a', reconnectInterval: 0, maxReconnectAttempts: 0 });
    await opened(1);
    bodies[0]?.end();
    await until(
      () => Promise.resolve(service.getStatus()?.connectionStatus),
      (status) => status === 'error',
    );
    // it is not opened again; what shows most is read instead
    const streams = server.requests.filter(({ url: asked }) => asked.includes('/realtime/stream'));
    expect(streams).toHaveLength(1);
  });
});
