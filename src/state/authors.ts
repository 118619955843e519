import type { Lineage } from './channelLog';

/**
 * Ids of authors, each held once: every event brings a text of its own for the same few people, and a message would
 * hold on to it, a seventh of what it takes. Beside the state, as the index of messages is: results do not depend on it.
 *
 * @internal
 */
export type Authors = Map<string, string>;

/** More have not written lately. */
const most = 4_096;

const known = new WeakMap<Lineage, Authors>();

/** @internal */
export function authorsOf(lineage: Lineage): Authors {
  let authors = known.get(lineage);
  if (authors === undefined) {
    authors = new Map();
    known.set(lineage, authors);
  }
  return authors;
}

/** The text that is held for an id; the same one if it is new. @internal */
export function sharedAuthor(authors: Authors, id: string): string {
  const held = authors.get(id);
  if (held !== undefined) return held;
  if (authors.size >= most) authors.clear();
  authors.set(id, id);
  return id;
}
