import type { ScriptedRequest, VirtualTime } from '../../../src/testing';
import type { Dice } from '../../convergence/dice';
import type { Answer, Routes } from '../../convergence/server/routes';
import { readRequest } from '../../convergence/server/routes';
import { routeOf, streamRoute } from '../../support/hudhudWorld';
import type { Accounts } from './accounts';
import type { Reader, StreamHub } from './streamHub';
import type { Fate, Weather } from './weather';
import { drawFate, fairWeather } from './weather';

/** A request that the server has not looked at yet. */
interface Waiting {
  readonly reader: Reader;
  readonly request: ScriptedRequest;
  isDone: boolean;
}

/** Between the tabs and the server: every request takes its time, and comes to one of several ends. */
export class Network {
  weather: Weather = fairWeather;
  isOffline = false;
  /** What became of requests, for statistics. */
  readonly fates = new Map<string, number>();
  private waiting: Waiting[] = [];
  private readonly time: VirtualTime;
  private readonly dice: Dice;
  private readonly routes: Routes;
  private readonly accounts: Accounts;
  private readonly hub: StreamHub;

  constructor(ports: {
    readonly time: VirtualTime;
    readonly dice: Dice;
    readonly routes: Routes;
    readonly accounts: Accounts;
    readonly hub: StreamHub;
  }) {
    this.time = ports.time;
    this.dice = ports.dice;
    this.routes = ports.routes;
    this.accounts = ports.accounts;
    this.hub = ports.hub;
  }

  arrive(reader: Reader, request: ScriptedRequest): void {
    if (reader.isGone) return;
    this.prune();
    const route = routeOf(request);
    const isStream = route === streamRoute;
    const drawn = this.isOffline ? 'unsent' : drawFate(this.dice, this.weather);
    // a refresh that is denied would be the end of the session
    const fate = drawn === 'denied' && route.includes('/auth/') ? 'broken' : drawn;
    const isWrite = !isStream && request.method !== 'GET';
    const name = `${isStream ? 'stream' : isWrite ? 'write' : 'read'} ${fate}`;
    this.fates.set(name, (this.fates.get(name) ?? 0) + 1);
    const waiting: Waiting = { reader, request, isDone: false };
    this.waiting.push(waiting);
    this.time.timers.after(this.delay(), () => {
      this.prune();
      if (waiting.isDone) return;
      this.take(waiting, fate, isStream);
    });
  }

  /** What was given up, or whose page is gone, was done or was not: from now on it is one of the two. */
  prune(): void {
    for (const waiting of this.waiting) {
      const isGivenUp = waiting.request.isAborted() || waiting.reader.isGone;
      if (!isGivenUp || waiting.isDone) continue;
      if (!this.isOffline && this.dice.chance(0.5)) this.answer(waiting);
      waiting.isDone = true;
    }
    this.waiting = this.waiting.filter(({ isDone }) => !isDone);
  }

  delay(): number {
    return 1 + this.dice.below(this.weather.slowMs);
  }

  private take(waiting: Waiting, fate: Fate, isStream: boolean): void {
    waiting.isDone = true;
    const { reader, request } = waiting;
    if (fate === 'unsent' || this.isOffline)
      this.end(reader, () => {
        request.fail();
      });
    else if (fate === 'limited') {
      const headers = this.dice.chance(0.5) ? { 'Retry-After': String(this.dice.below(9)) } : {};
      this.refuse(waiting, 429, headers);
    } else if (fate === 'denied') this.refuse(waiting, 401);
    else if (fate === 'silent') {
      if (!isStream && this.dice.chance(0.5)) this.answer(waiting);
    } else if (fate === 'broken') {
      if (!isStream && this.dice.chance(0.5)) this.answer(waiting);
      this.refuse(waiting, this.dice.pick([500, 502, 503]));
    } else if (isStream) this.openStream(waiting, fate);
    else {
      const { status, body } = this.answer(waiting);
      this.end(reader, () => {
        // whoever goes offline meanwhile does not hear of it
        if (fate === 'untold' || this.isOffline) request.fail();
        else request.json(body, { status });
      });
    }
  }

  private openStream(waiting: Waiting, fate: Fate): void {
    const { reader, request } = waiting;
    if (fate === 'untold')
      this.end(reader, () => {
        request.fail();
      });
    else if (!this.accounts.admits(request)) this.refuse(waiting, 401);
    else {
      reader.time.whenAwake(() => {
        if (!request.isAborted()) this.hub.open(reader, request);
      });
    }
  }

  private refuse({ reader, request }: Waiting, status: number, headers = {}): void {
    this.end(reader, () => {
      request.json({ success: false, error: { code: `E${status}` } }, { status, headers });
    });
  }

  private answer({ request }: Waiting): Answer {
    const own = this.accounts.answer(request);
    if (own !== null) return own;
    if (!this.accounts.admits(request)) return { status: 401, body: { success: false } };
    return this.routes.answer(readRequest(request));
  }

  /** Its end takes its way too. */
  private end(reader: Reader, tell: () => void): void {
    this.time.timers.after(this.delay(), () => {
      reader.time.whenAwake(tell);
    });
  }
}
