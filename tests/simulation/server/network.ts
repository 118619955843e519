import type { ScriptedRequest, VirtualTime } from '../../../src/testing';
import type { Dice } from '../../convergence/dice';
import type { Answer, Routes } from '../../convergence/server/routes';
import { readRequest } from '../../convergence/server/routes';
import { routeOf, streamRoute } from '../../support/hudhudWorld';
import type { SpendingWatch } from '../browser/spendingWatch';
import type { Accounts } from './accounts';
import type { Limiter } from './limiter';
import type { PollDesk } from './pollDesk';
import type { Reader, StreamHub } from './streamHub';
import type { Fate, Weather } from './weather';
import { drawFate, fairWeather } from './weather';

/** A request that the server has not looked at yet. */
interface Waiting {
  readonly reader: Reader;
  readonly request: ScriptedRequest;
  readonly kind: Kind;
  isDone: boolean;
}

type Kind = 'stream' | 'poll' | 'write' | 'read';

/** How streams get through. `refused`, `html`: somebody in between answers; `mute`: lets nothing but the head through. */
export type StreamGate = 'open' | 'refused' | 'html' | 'mute';

const pollRoute = 'GET /realtime/poll';

/** Between the tabs and the server: every request takes its time, and comes to one of several ends. */
export class Network {
  weather: Weather = fairWeather;
  isOffline = false;
  streamGate: StreamGate = 'open';
  /** Long polls are answered, where the server offers them. */
  takesPolls = true;
  /** What became of requests, for statistics. */
  readonly fates = new Map<string, number>();
  private waiting: Waiting[] = [];
  private readonly time: VirtualTime;
  private readonly dice: Dice;
  private readonly routes: Routes;
  private readonly accounts: Accounts;
  private readonly limiter: Limiter;
  private readonly spending: SpendingWatch;
  private readonly hub: StreamHub;
  private readonly desk: PollDesk;
  private readonly offersPolls: boolean;
  /** What was asked and not answered, by whom. */
  private readonly unanswered = new Map<ScriptedRequest, Reader>();

  constructor(ports: {
    readonly time: VirtualTime;
    readonly dice: Dice;
    readonly routes: Routes;
    readonly accounts: Accounts;
    readonly limiter: Limiter;
    readonly spending: SpendingWatch;
    readonly hub: StreamHub;
    readonly desk: PollDesk;
    readonly offersPolls: boolean;
  }) {
    this.time = ports.time;
    this.dice = ports.dice;
    this.routes = ports.routes;
    this.accounts = ports.accounts;
    this.limiter = ports.limiter;
    this.spending = ports.spending;
    this.hub = ports.hub;
    this.desk = ports.desk;
    this.offersPolls = ports.offersPolls;
  }

  arrive(reader: Reader, request: ScriptedRequest): void {
    if (reader.isGone) return;
    this.prune();
    this.unanswered.set(request, reader);
    const route = routeOf(request);
    const drawn = this.isOffline ? 'unsent' : drawFate(this.dice, this.weather);
    // a refresh that is denied would be the end of the session
    const fate = drawn === 'denied' && route.includes('/auth/') ? 'broken' : drawn;
    const kind = kindOf(route);
    this.count(`${kind} ${fate}`);
    this.spend(reader, route, kind);
    const waiting: Waiting = { reader, request, kind, isDone: false };
    this.waiting.push(waiting);
    this.time.timers.after(this.delay(), () => {
      this.prune();
      if (waiting.isDone) return;
      this.take(waiting, fate);
    });
  }

  /** Requests of a page that are neither answered nor called off. */
  underWay(of: Reader): readonly ScriptedRequest[] {
    for (const [request, reader] of this.unanswered) {
      if (reader.isGone || request.isAborted()) this.unanswered.delete(request);
    }
    return [...this.unanswered].flatMap(([request, reader]) => (reader === of ? [request] : []));
  }

  /** What was given up, or whose page is gone, was done or was not: from now on it is one of the two. */
  prune(): void {
    for (const waiting of this.waiting) {
      const isGivenUp = waiting.request.isAborted() || waiting.reader.isGone;
      if (!isGivenUp || waiting.isDone) continue;
      if (!this.isOffline && this.dice.chance(0.5)) this.act(waiting);
      waiting.isDone = true;
    }
    this.waiting = this.waiting.filter(({ isDone }) => !isDone);
  }

  delay(): number {
    return 1 + this.dice.below(this.weather.slowMs);
  }

  private spend(reader: Reader, route: string, kind: Kind): void {
    if (route.includes('/auth/')) return;
    if (kind === 'stream') {
      this.spending.counted(reader.number);
      return;
    }
    const isRead = reader.isPollDue && route.startsWith('GET /workspace/');
    if (isRead) reader.isPollDue = false;
    this.spending.left(reader.number, isRead || kind === 'poll');
  }

  private take(waiting: Waiting, fate: Fate): void {
    waiting.isDone = true;
    if (fate === 'unsent' || this.isOffline) this.lose(waiting);
    else if (fate === 'limited') {
      const headers = this.dice.chance(0.5) ? { 'Retry-After': String(this.dice.below(9)) } : {};
      this.refuse(waiting, 429, headers);
    } else if (fate === 'denied') this.refuse(waiting, 401);
    else if (fate === 'silent') {
      if (this.dice.chance(0.5)) this.act(waiting);
    } else if (fate === 'broken') {
      if (this.dice.chance(0.5)) this.act(waiting);
      this.refuse(waiting, this.dice.pick([500, 502, 503]));
    } else this.serve(waiting, fate === 'untold');
  }

  /** @param isUntold - The answer is lost on its way. */
  private serve(waiting: Waiting, isUntold: boolean): void {
    const { reader, request, kind } = waiting;
    if (isUntold && (kind === 'stream' || kind === 'poll')) {
      this.lose(waiting);
      return;
    }
    const refusal = this.refusalOf(waiting);
    if (refusal !== null) this.tell(waiting, refusal, isUntold);
    else if (kind === 'stream') this.openStream(waiting);
    else if (kind === 'poll') {
      this.desk.take(reader, request, (answer) => {
        this.tell(waiting, answer, false);
      });
    } else this.tell(waiting, this.answer(waiting), isUntold);
  }

  private openStream(waiting: Waiting): void {
    const { reader, request } = waiting;
    const gate = this.streamGate;
    if (gate === 'refused') this.refuse(waiting, this.dice.pick([403, 404, 405]));
    else if (gate === 'html') {
      this.end(waiting, () => {
        request.text('<html>Welcome</html>', { headers: { 'Content-Type': 'text/html' } });
      });
    } else {
      reader.time.whenAwake(() => {
        this.unanswered.delete(request);
        if (!request.isAborted()) this.hub.open(reader, request, gate === 'mute');
      });
    }
  }

  /** Done, whatever the page hears of it. */
  private act(waiting: Waiting): void {
    if (waiting.kind === 'stream' || waiting.kind === 'poll') return;
    if (this.refusalOf(waiting) === null) this.answer(waiting);
  }

  /** Why the server does not do what it is asked; `null`: it does. */
  private refusalOf({ request, kind }: Waiting): Answer | null {
    if (routeOf(request).includes('/auth/')) return null;
    if (!this.limiter.admits()) {
      this.count('too many requests');
      return { status: 429, body: { success: false, error: { code: 'RATE_LIMITED' } } };
    }
    if (!this.accounts.admits(request)) return { status: 401, body: { success: false } };
    const isNoPoll = kind === 'poll' && !(this.offersPolls && this.takesPolls);
    return isNoPoll ? { status: 404, body: { success: false } } : null;
  }

  private refuse(waiting: Waiting, status: number, headers = {}): void {
    this.end(waiting, () => {
      const body = { success: false, error: { code: `E${status}` } };
      waiting.request.json(body, { status, headers });
    });
  }

  private answer({ request }: Waiting): Answer {
    return this.accounts.answer(request) ?? this.routes.answer(readRequest(request));
  }

  private tell(waiting: Waiting, { status, body }: Answer, isUntold: boolean): void {
    const { reader, request } = waiting;
    const isAuth = routeOf(request).includes('/auth/');
    const headers = isAuth ? {} : this.limiter.headers(status === 429);
    this.end(waiting, () => {
      // whoever goes offline meanwhile does not hear of it
      if (isUntold || this.isOffline) request.fail();
      else {
        if (Object.keys(headers).length > 0) this.spending.told(reader.number);
        request.json(body, { status, headers });
      }
    });
  }

  private lose(waiting: Waiting): void {
    this.end(waiting, () => {
      waiting.request.fail();
    });
  }

  /** Its end takes its way too. */
  private end({ reader, request }: Waiting, tell: () => void): void {
    this.time.timers.after(this.delay(), () => {
      reader.time.whenAwake(() => {
        this.unanswered.delete(request);
        tell();
      });
    });
  }

  private count(fate: string): void {
    this.fates.set(fate, (this.fates.get(fate) ?? 0) + 1);
  }
}

function kindOf(route: string): Kind {
  if (route === streamRoute) return 'stream';
  if (route === pollRoute) return 'poll';
  return route.startsWith('GET ') ? 'read' : 'write';
}
