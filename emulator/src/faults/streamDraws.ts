import type { Dice, Draws } from './dice.ts';
import type { Faults } from './faults.ts';
import type { Chance, FaultName } from './faultSet.ts';

/**
 * The decisions on what one reader gets. Presence, pings and the like come when they come: they have a series apart,
 * so that no message's luck hangs on them.
 */
export interface StreamDraws {
  strikes(name: FaultName, fault: Chance | undefined, isConversation: boolean): boolean;
  /** A whole number for a fault that has struck, both ends included. */
  between(name: FaultName, isConversation: boolean, least: number, most: number): number;
}

/** `series` names the reader among those of the same person. */
export function makeStreamDraws(faults: Faults, username: string, series: string): StreamDraws {
  let dice: Dice | undefined;
  let drawsOf = new Map<string, Draws>();

  function draws(isConversation: boolean): Draws {
    if (dice !== faults.dice) drawsOf = new Map();
    dice = faults.dice;
    const name = `${series}${isConversation ? '' : ' aside'}`;
    const known = drawsOf.get(name) ?? dice.series(name);
    drawsOf.set(name, known);
    return known;
  }

  return {
    strikes: (name, fault, isConversation) =>
      fault !== undefined &&
      fault.users?.includes(username) !== false &&
      draws(isConversation).strikes(name, fault),
    between: (name, isConversation, least, most) =>
      draws(isConversation).random(name).between(least, most),
  };
}
