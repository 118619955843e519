import type { Dice } from '../../convergence/dice';

/** How the network and the server behave; chances from 0 to 1. */
export interface Weather {
  /** A request is lost before the server has it. */
  readonly unsent: number;
  /** The server does what is asked, and its reply is lost. */
  readonly untold: number;
  /** Refused for now: 500, 502, 503, with or without having been done. */
  readonly broken: number;
  /** 429, with or without a word on when. */
  readonly limited: number;
  /** 401, as where the server forgot the token. */
  readonly denied: number;
  /** Never answered; done or not. */
  readonly silent: number;
  /** Longest way of a request, an answer or a frame, in ms. */
  readonly slowMs: number;
  /** Frames come in pieces. */
  readonly drips: boolean;
}

const fair: Weather = {
  ...{ unsent: 0, untold: 0, broken: 0, limited: 0, denied: 0, silent: 0 },
  ...{ slowMs: 60, drips: false },
};

export const fairWeather = fair;

const kinds: readonly [Weather, ...Weather[]] = [
  { ...fair, slowMs: 4_000, drips: true },
  { ...fair, unsent: 0.3, untold: 0.3, slowMs: 400 },
  { ...fair, untold: 1 },
  { ...fair, unsent: 1 },
  { ...fair, broken: 0.6, slowMs: 300 },
  { ...fair, broken: 1 },
  { ...fair, limited: 0.6 },
  { ...fair, denied: 0.4 },
  { ...fair, silent: 0.4, slowMs: 1_000 },
  { ...fair, silent: 1 },
  {
    ...{ unsent: 0.1, untold: 0.15, broken: 0.15, limited: 0.1, denied: 0.05, silent: 0.1 },
    ...{ slowMs: 1_500, drips: true },
  },
];

export const drawWeather = (dice: Dice): Weather => dice.pick(kinds);

/** What becomes of one request. */
export type Fate = 'answered' | 'unsent' | 'untold' | 'broken' | 'limited' | 'denied' | 'silent';

export function drawFate(dice: Dice, weather: Weather): Fate {
  for (const fate of ['unsent', 'untold', 'broken', 'limited', 'denied', 'silent'] as const) {
    if (dice.chance(weather[fate])) return fate;
  }
  return 'answered';
}
