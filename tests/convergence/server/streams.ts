import type { ScriptedBody, ScriptedRequest } from '../../../src/testing';
import { frame, initFrame } from '../../support/hudhudAnswers';

/** The stream of the client under test: frames wait in it, in order, and are lost with it. */
export class Streams {
  /** Whether the server takes new streams. */
  isUp = true;
  /** Whether frames leave at once. */
  isPrompt = false;
  private body: ScriptedBody | null = null;
  private waiting: string[] = [];

  open(request: ScriptedRequest): void {
    if (!this.isUp) {
      request.fail();
      return;
    }
    this.waiting = [];
    this.body = request.stream();
    this.body.push(initFrame());
  }

  get isOpen(): boolean {
    return this.body?.isOpen() === true;
  }

  get count(): number {
    return this.waiting.length;
  }

  tell(frames: readonly string[]): void {
    if (!this.isOpen) return;
    if (this.isPrompt) for (const text of frames) this.body?.push(text);
    else this.waiting.push(...frames);
  }

  /** Sends the next frames, each as often as said. */
  deliver(count: number, times = 1): void {
    for (const text of this.waiting.splice(0, count)) {
      for (let i = 0; i < times; i++) this.body?.push(text);
    }
  }

  ping(): void {
    if (this.isOpen) this.body?.push(frame('ping', {}));
  }

  /** What waits in it is lost. */
  cut(how: 'fail' | 'end'): void {
    this.body?.[how]();
    this.waiting = [];
  }
}
