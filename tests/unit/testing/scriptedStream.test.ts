import { describe, expect, it } from '@jest/globals';

import { createScriptedServer } from '../../../src/testing';

describe('createScriptedServer', () => {
  it('answers with a body that a test writes', async () => {
    const server = createScriptedServer();
    const asked = server.fetch('/s', { method: 'GET', headers: { Accept: 'x' } });
    const body = server.last().stream();
    const answer = await asked;
    body.push('a');
    body.push(new Uint8Array([0x62]));
    body.end();
    body.push('late');
    expect(await answer.text()).toBe('ab');
    expect(answer.headers.get('Content-Type')).toBe('text/event-stream');
    expect(server.last().headers.get('Accept')).toBe('x');
    expect(server.openBodies()).toBe(0);
  });

  it('breaks the body when the client aborts, and sees a cancel', async () => {
    const server = createScriptedServer((request) => {
      request.stream();
    });
    const controller = new AbortController();
    const first = await server.fetch('/s', { signal: controller.signal });
    const second = await server.fetch('/s');
    expect(server.openBodies()).toBe(2);
    controller.abort();
    await expect(first.text()).rejects.toThrow('aborted');
    await second.body?.cancel();
    expect(server.openBodies()).toBe(0);
    await expect(server.fetch('/s', { signal: controller.signal })).rejects.toThrow('aborted');
    expect(server.requests).toHaveLength(2);
  });

  it('answers at once with JSON, text, or not at all', async () => {
    const server = createScriptedServer((request) => {
      if (request.url === '/json') request.json({ a: 1 }, { status: 201 });
      else if (request.url === '/none') request.text('', { status: 204 });
      else request.fail();
    });
    const json = await server.fetch('/json', { method: 'POST', body: 'b' });
    expect(json.status).toBe(201);
    expect(await json.json()).toEqual({ a: 1 });
    expect(server.requests[0]).toMatchObject({ method: 'POST', body: 'b' });
    expect((await server.fetch('/none')).status).toBe(204);
    await expect(server.fetch('/x')).rejects.toThrow('fetch failed');
  });

  it('says so when there was no request', () => {
    expect(() => createScriptedServer().last()).toThrow('no request yet');
  });
});
