import type { Random } from './random.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const daysBack = 60;
/** The team works at UTC+3, from Sunday to Thursday. */
const offset = 3 * hour;

const dayWeights = [1, 1.1, 1.1, 1, 0.9, 0.1, 0.2];
const hourWeights = [
  0.02, 0.01, 0, 0, 0, 0.02, 0.1, 0.4, 1.2, 2, 2.2, 2, 1, 1.2, 1.9, 2, 1.6, 1, 0.5, 0.3, 0.3, 0.25,
  0.15, 0.06,
];

/** A talk: times in ms, ascending, seconds to minutes apart. */
export type Burst = readonly number[];

function start(random: Random, now: number): number {
  const days = Array.from({ length: daysBack }, (_unused, back) => {
    const midnight = Math.floor((now + offset) / day) * day - offset - back * day;
    return { midnight, weight: dayWeights[new Date(midnight + offset).getUTCDay()] ?? 1 };
  });
  const { midnight } = random.weighted(days, (one) => one.weight);
  const hours = hourWeights.map((weight, at) => ({ weight, at }));
  const { at } = random.weighted(hours, (one) => one.weight);
  return midnight + at * hour + random.between(0, hour);
}

function burstFrom(random: Random, from: number, length: number): number[] {
  let time = from;
  return Array.from({ length }, () => {
    time += random.between(4_000, random.chance(0.2) ? 5 * minute : 70_000);
    return time;
  });
}

/** Talks of `total` messages in all, up to a minute ago; one of them has just ended. */
export function makeBursts(random: Random, now: number, total: number): Burst[] {
  const newest = now - minute;
  const bursts = [burstFrom(random, now - 45 * minute, Math.min(8, total))];
  let left = total - (bursts[0]?.length ?? 0);
  while (left > 0) {
    // mostly short exchanges, now and then a long one
    const length = Math.min(left, 1 + Math.floor(random.next() ** 2 * 16));
    const times = burstFrom(random, start(random, now), length).filter((time) => time < newest);
    if (times.length > 0) bursts.push(times);
    left -= times.length;
  }
  return bursts;
}
