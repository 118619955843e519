import { describe, expect, it, jest } from '@jest/globals';
import { createEmitter } from '../../../src/middleware/emitter';
import { createCounters } from '../../../src/platform/counters';
import type { ServerEvent } from '../../../src/protocol/serverEvents';

const ping: ServerEvent = { type: 'ping', timestamp: null };
const presence: ServerEvent = { type: 'presence', userId: 'u', status: 'online' };

function setUp() {
  const counters = createCounters();
  return { counters, emitter: createEmitter(counters) };
}

describe('createEmitter', () => {
  it('tells events to who asked for their type, in order', () => {
    const { emitter } = setUp();
    const heard: ServerEvent[] = [];
    emitter.on('ping', (event) => heard.push(event));
    emitter.emit([ping, presence, ping]);
    expect(heard).toEqual([ping, ping]);
  });

  it('ends a subscription by its function or by the handler', () => {
    const { emitter } = setUp();
    const first = jest.fn();
    const second = jest.fn();
    const end = emitter.on('ping', first);
    emitter.on('ping', second);
    end();
    end();
    emitter.off('ping', second);
    emitter.off('presence', second);
    emitter.emit([ping]);
    expect(first).not.toHaveBeenCalled();
    expect(second).not.toHaveBeenCalled();
  });

  it('counts a handler that throws, and goes on', () => {
    const { emitter, counters } = setUp();
    const after = jest.fn();
    emitter.on('ping', () => {
      throw new Error('mine');
    });
    emitter.on('ping', after);
    emitter.emit([ping, ping]);
    expect(after).toHaveBeenCalledTimes(2);
    expect(counters.snapshot().handlerErrors?.by).toEqual({ 'on:ping': 2 });
  });

  it('does not call who was unsubscribed a moment before by another handler', () => {
    const { emitter } = setUp();
    const late = jest.fn();
    emitter.on('ping', () => {
      emitter.off('ping', late);
    });
    emitter.on('ping', late);
    emitter.emit([ping]);
    expect(late).not.toHaveBeenCalled();
  });

  it('lets who subscribes during an event wait for the next', () => {
    const { emitter } = setUp();
    const late = jest.fn();
    emitter.on('ping', () => {
      emitter.on('ping', late);
    });
    emitter.emit([ping]);
    expect(late).not.toHaveBeenCalled();
    emitter.emit([ping]);
    expect(late).toHaveBeenCalledTimes(1);
  });
});
