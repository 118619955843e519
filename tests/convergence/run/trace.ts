import type { UnknownAction } from '@reduxjs/toolkit';
import type { ChatWorld } from '../client/chatWorld';

/** What is worth reading of an action when a schedule is looked into. */
function lineOf({ type, payload }: UnknownAction): string {
  const told = JSON.stringify(payload) as string | undefined;
  return `    ${type} ${(told ?? '').slice(0, 400)}`;
}

/** Tells the actions since the last place, under the name of the place. */
export function traceOf(
  world: ChatWorld,
  trace: ((line: string) => void) | undefined,
): (place: string) => void {
  let told = 0;
  return (place) => {
    if (trace === undefined) return;
    trace(place);
    for (const action of world.actions.slice(told)) {
      if (/^(outbox|history|stream.conversation|command)/.test(action.type)) trace(lineOf(action));
    }
    told = world.actions.length;
    for (const { opId, kind, status } of world.operations()) trace(`  = ${kind} ${opId} ${status}`);
    for (const { message, what, by, content } of world.server.changes.slice(9)) {
      trace(`  @ ${what} ${message.id} by ${by.device} ${by.userId.slice(0, 4)} ${content}`);
    }
  };
}
