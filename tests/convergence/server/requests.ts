import type { ScriptedRequest } from '../../../src/testing';
import type { Answer, Asked, Routes } from './routes';
import { readIn, readRequest, sendIn } from './routes';

/** A request that is under way. */
export interface Waiting {
  readonly request: ScriptedRequest;
  readonly asked: Asked;
  readonly send: { readonly nonce: string; readonly channelId: string } | null;
  /** Timeline that it reads. */
  readonly reads: string | null;
  readonly arrivedAt: number;
  /** What the server did about it; `null` before it was looked at. */
  answer: Answer | null;
}

/** How a request came to its end, as the client has to see it. */
export type RequestEnd = 'answered' | 'refused' | 'untold' | 'aborted';

export interface RequestHandlers {
  readonly tick: () => number;
  onArrived(waiting: Waiting): void;
  onEnded(waiting: Waiting, end: RequestEnd): void;
}

/** Requests that wait for what becomes of them. */
export class Requests {
  /** Whether everything is answered at once. */
  isPrompt = false;
  /** Whether nothing gets through. */
  isOffline = false;
  private waiting: Waiting[] = [];
  private readonly routes: Routes;
  private readonly handlers: RequestHandlers;

  constructor(routes: Routes, handlers: RequestHandlers) {
    this.routes = routes;
    this.handlers = handlers;
  }

  arrive(request: ScriptedRequest): void {
    // first what was given up: it ended before this one began
    this.prune();
    const asked = readRequest(request);
    const waiting: Waiting = {
      ...{ request, asked, send: sendIn(asked), reads: readIn(asked, asked.query) },
      ...{ arrivedAt: this.handlers.tick(), answer: null },
    };
    this.handlers.onArrived(waiting);
    this.waiting.push(waiting);
    if (this.isOffline) this.lose(waiting);
    else if (this.isPrompt) this.reply(waiting);
  }

  /** Those that the client still waits for, oldest first. */
  list(): readonly Waiting[] {
    this.prune();
    return this.waiting;
  }

  /** The server does what is asked; its reply is still on its way. */
  process(waiting: Waiting): void {
    waiting.answer ??= this.routes.answer(waiting.asked);
  }

  reply(waiting: Waiting): void {
    this.process(waiting);
    const { status, body } = waiting.answer ?? { status: 500, body: {} };
    waiting.request.json(body, { status });
    this.end(waiting, status < 300 ? 'answered' : 'refused');
  }

  lose(waiting: Waiting): void {
    waiting.request.fail();
    this.end(waiting, 'untold');
  }

  /** Another answer than the server's own; of a status from 500 on nobody knows what it means. */
  answerInstead(waiting: Waiting, status: number, headers: Readonly<Record<string, string>>): void {
    waiting.request.json({ success: false, error: { code: `E${status}` } }, { status, headers });
    this.end(waiting, status >= 500 ? 'untold' : 'refused');
  }

  /** A portal's page in place of the answer. */
  garble(waiting: Waiting): void {
    waiting.request.text('<html>Welcome</html>', { headers: { 'Content-Type': 'text/html' } });
    this.end(waiting, 'untold');
  }

  all(what: 'reply' | 'lose'): void {
    for (const waiting of [...this.list()]) this[what](waiting);
  }

  private end(waiting: Waiting, end: RequestEnd): void {
    this.waiting = this.waiting.filter((other) => other !== waiting);
    this.handlers.onEnded(waiting, end);
  }

  private prune(): void {
    for (const waiting of this.waiting.filter(({ request }) => request.isAborted())) {
      this.end(waiting, 'aborted');
    }
  }
}
