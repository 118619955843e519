import { isRaw } from '../../protocol/raw';

/** What an answer is asked for with that begins or ends elsewhere than at the newest message, in snake_case. */
const cursor =
  /^(before|after|around|since|until|near|anchor|cursor|from|to|start|end|next|prev|previous|older_than|newer_than)(_(id|at|ts|time|date|key|cursor|token|page|message|message_id))?$/;
/** The same in the words of other services: what needs a second word to be told from a number of rows. */
const edge =
  /^((start|starting|end|ending|created|sent)_(before|after)|(first|last|oldest|newest|max|min)(_(known|seen|message|created))*|(next_)?page|continuation)_(id|at|ts|time|timestamp|date|key|cursor|token)$|^(start|starting|end|ending|created|sent)_(before|after)$/;
/** The same as a number: 0 is the newest end. Where pages count from 1, nobody can tell the first one from the second. */
const count = /^(page(_(number|index|no|param))?|offset|skip)$/;

const toSnake = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function isSet(name: string, value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return false;
  const word = toSnake(name);
  if (cursor.test(word) || edge.test(word)) return true;
  // as in { channelId, pagination: { page: 2 } }
  return isRaw(value) ? !isAskedAtEnd(value) : count.test(word) && Number(value) !== 0;
}

/**
 * Whether an answer was asked for at the newest end, as far as its argument tells: what reaches up to now by mistake
 * would take what it does not list for deleted, so whatever may be a cursor counts as one.
 *
 * @internal
 */
export function isAskedAtEnd(arg: unknown): boolean {
  return !isRaw(arg) || !Object.entries(arg).some(([name, value]) => isSet(name, value));
}

/** The same of the parameter of a page: what is no object is a cursor itself. @internal */
export function isPageAtEnd(pageParam: unknown): boolean {
  const isNothing = pageParam === undefined || pageParam === null || pageParam === '';
  return isNothing || pageParam === 0 || (isRaw(pageParam) && isAskedAtEnd(pageParam));
}

/** Whether only older messages than some moment were asked for. @internal */
export function isAskedBefore(arg: unknown): boolean {
  return isRaw(arg) && arg['before'] != null && arg['after'] == null;
}
