import type { Context } from '../context.ts';
import { ApiError } from '../errors.ts';
import { makePauses } from '../pauses.ts';
import { people } from '../seed/people.ts';
import { makeRandom } from '../seed/random.ts';
import { makeWriter } from '../seed/text.ts';
import { acts } from './acts.ts';
import type { Stage } from './acts.ts';
import type { Bot } from './bots.ts';
import { findBots } from './bots.ts';

/** How often an event is somebody who comes or goes. */
const comingAndGoing = 0.05;

/** Plays `rate` events per second until the returned function is called, which waits for what is under way. */
export async function startTraffic(
  context: Context,
  rate: number,
  report: (error: unknown) => void,
): Promise<() => Promise<void>> {
  const bots = await findBots(context);
  if (bots.length === 0) return () => Promise.resolve();

  const random = makeRandom(Date.now());
  const pauses = makePauses();
  const stage: Stage = {
    context,
    random,
    writer: makeWriter(random, people),
    pause: (ms) => pauses.pause(ms),
  };
  const here = new Set<Bot>();
  const running = new Set<Promise<void>>();

  const come = (bot: Bot) => {
    here.add(bot);
    context.presence.enter(bot);
  };
  const go = (bot: Bot) => {
    here.delete(bot);
    context.presence.exit(bot);
  };

  async function play(): Promise<void> {
    try {
      await random.weighted(acts, (one) => one.weight).act(stage, random.pick([...here]));
    } catch (error) {
      // another bot was faster: the message is gone
      if (!(error instanceof ApiError)) report(error);
    }
  }

  function comeOrGo(): void {
    const away = bots.filter((bot) => !here.has(bot));
    if (away.length > 0 && (here.size <= 1 || random.chance(0.5))) come(random.pick(away));
    else if (here.size > 1) go(random.pick([...here]));
  }

  async function loop(): Promise<void> {
    for (;;) {
      await pauses.pause((1000 / rate) * (0.5 + random.next()));
      if (pauses.ended) return;
      if (random.chance(comingAndGoing)) comeOrGo();
      else {
        const act = play();
        running.add(act);
        void act.then(() => running.delete(act));
      }
    }
  }

  random.some(bots, Math.ceil(bots.length * 0.6)).forEach(come);
  const looping = loop();
  return async () => {
    pauses.end();
    await looping;
    await Promise.all(running);
    here.forEach(go);
  };
}
