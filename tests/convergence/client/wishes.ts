import type { UnknownAction } from '@reduxjs/toolkit';
import { readRequested } from '../../../src/actions/outbox';
import type { Operation } from '../../../src/protocol/operations';
import type { MessageRow } from '../../../src/selectors/row';
import { ids } from '../../support/hudhudAnswers';
import type { Person } from './chatWorld';

/** What a person does at our client. Each gives back whether there was anything to do it with. */

/** Few texts, so that equal ones are common; a server trims the last one. */
export const texts = ['ok', 'hello', 'on my way '] as const;
export const emojis = ['👍', '🎉'] as const;

export function pick<T>(list: readonly T[], n: number): T | undefined {
  return list[n % Math.max(1, list.length)];
}

const channelOf = (n: number): string => (n % 4 === 0 ? ids.random : ids.general);

function allRows(world: Person): MessageRow[] {
  return world.places().flatMap((place) => [...world.rows(place)]);
}

/** The newest rows are what people act on. */
function recent(world: Person, fits: (row: MessageRow) => boolean): readonly MessageRow[] {
  return allRows(world).filter((row) => !row.isDeleted && fits(row));
}

const refOf = ({ channelId, id, key }: MessageRow) => ({ channelId, target: id ?? key });

export function send(world: Person, a: number, b: number): boolean {
  const content = pick(texts, b) ?? 'ok';
  world.store.dispatch(world.hudhud.actions.sendMessage({ channelId: channelOf(a), content }));
  return true;
}

export function reply(world: Person, a: number, b: number): boolean {
  const parent = pick(
    recent(world, ({ parentId, id, threadCount }) => {
      return parentId === null && id !== null && (threadCount > 0 || a % 5 === 0);
    }),
    a,
  );
  if (parent?.id == null) return false;
  const { channelId, id: parentId } = parent;
  const content = pick(texts, b) ?? 'ok';
  world.store.dispatch(world.hudhud.actions.sendMessage({ channelId, parentId, content }));
  return true;
}

/** Own rows, those that are still on their way first. */
function ownRow(world: Person, a: number): MessageRow | undefined {
  const own = recent(world, (row) => row.isOwn);
  const pending = own.filter(({ id, pending: wish }) => id === null || wish !== null);
  return pick(a % 2 === 0 && pending.length > 0 ? pending : own, a >> 1);
}

export function edit(world: Person, a: number, b: number): boolean {
  const row = ownRow(world, a);
  if (row === undefined) return false;
  const content = b % 3 === 0 ? 'ok' : `edit ${b}`;
  world.store.dispatch(world.hudhud.actions.editMessage({ ...refOf(row), content }));
  return true;
}

export function remove(world: Person, a: number): boolean {
  const row = ownRow(world, a);
  if (row === undefined) return false;
  world.store.dispatch(world.hudhud.actions.deleteMessage(refOf(row)));
  return true;
}

/** Adds or takes back, as what is shown suggests. */
export function react(world: Person, a: number, b: number, times = 1): boolean {
  const row =
    b % 3 === 0
      ? ownRow(world, a)
      : pick(
          recent(world, () => true),
          a,
        );
  const emoji = pick(emojis, b) ?? '👍';
  if (row === undefined) return false;
  const { actions } = world.hudhud;
  let isOn = row.reactions.some((reaction) => reaction.emoji === emoji && reaction.isMine);
  for (let i = 0; i < times; i++) {
    const wish = { ...refOf(row), emoji };
    world.store.dispatch(isOn ? actions.removeReaction(wish) : actions.addReaction(wish));
    isOn = !isOn;
  }
  return true;
}

export function read(world: Person, a: number): boolean {
  const channelId = channelOf(a);
  const row = world.rows({ channelId, parentId: null }).findLast(({ id }) => id !== null);
  if (row?.id == null) return false;
  const { id: target, createdAt: upTo } = row;
  const at = world.platform.clock.now();
  const wish = { opId: `read-${world.tick()}`, channelId, at, target, upTo, messageIds: [target] };
  world.store.dispatch(readRequested(wish, world.hudhud.reducerPath));
  return true;
}

function withOperation(
  world: Person,
  a: number,
  fits: (operation: Operation) => boolean,
  act: (opId: string) => UnknownAction,
): boolean {
  const operation = pick(world.operations().filter(fits), a);
  if (operation === undefined) return false;
  world.store.dispatch(act(operation.opId));
  return true;
}

export const undo = (world: Person, a: number): boolean =>
  withOperation(
    world,
    a,
    ({ kind, status }) => kind === 'delete' && status === 'queued',
    (opId) => world.hudhud.actions.discard({ opId }),
  );

export const retry = (world: Person, a: number): boolean =>
  withOperation(
    world,
    a,
    ({ status }) => status === 'failed',
    (opId) => world.hudhud.actions.retry({ opId }),
  );

/** Of what failed more often than of what was not sent yet. */
export const discard = (world: Person, a: number): boolean =>
  withOperation(
    world,
    a,
    ({ status }) => status === 'failed' || (a % 3 === 0 && status === 'queued'),
    (opId) => world.hudhud.actions.discard({ opId }),
  );
