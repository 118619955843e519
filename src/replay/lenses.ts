import type { Lens } from './lens';
import type { Pseudonyms } from './pseudonyms';
import {
  freeField,
  isKeptNumber,
  isKeptText,
  looksSecret,
  namesSecret,
  stampsField,
} from './redactionSchema';

/** What is kept by name has to look like an id: a field of that name may hold anything. */
const idLike = /^[\w:-]{1,128}$/;

/** Remembers the answers for names, of which there are few. */
function byName(answer: (key: string) => boolean): (key: string) => boolean {
  const known = new Map<string, boolean>();
  return (key) => {
    let said = known.get(key);
    if (said === undefined) {
      said = answer(key);
      if (known.size < 1_000) known.set(key, said);
    }
    return said;
  };
}

/** Replaces everything. */
function nothingLens({ text, number }: Pseudonyms): Lens {
  const lens: Lens = {
    text: (_, value) => text(value),
    number: (_, value) => number(value),
    name: (key) => text(key),
    under: () => lens,
  };
  return lens;
}

/** Replaces everything but what is directly under the names that are kept. */
function freeLens(pseudonyms: Pseudonyms, kept: ReadonlySet<string>): Lens {
  const nothing = nothingLens(pseudonyms);
  const isKept = (key: string, value: string): boolean =>
    kept.has(key) && idLike.test(value) && !looksSecret(value);
  return {
    text: (key, value) => (isKept(key, value) ? value : nothing.text(key, value)),
    number: nothing.number,
    name: (key) => (kept.has(key) ? key : nothing.name(key)),
    under: () => nothing,
  };
}

/**
 * Sees everything that a person wrote, is called or looks like as its pseudonym: `redactionSchema.ts` says what is not.
 *
 * @internal
 * @param keepMetadata - Names of a message's metadata that stay, since `correlate` reads them.
 */
export function pseudonymLens(pseudonyms: Pseudonyms, keepMetadata: readonly string[]): Lens {
  const metadata = freeLens(pseudonyms, new Set(keepMetadata));
  const stamps: Lens = {
    text: (_, value) => pseudonyms.text(value),
    number: (_, value) => value,
    name: (key) => key,
    under: () => stamps,
  };
  const lens: Lens = {
    text: (key, value) => (isKeptText(key, value) ? value : pseudonyms.text(value)),
    number: (key, value) => (isKeptNumber(key) ? value : pseudonyms.number(value)),
    name: (key) => key,
    under: (key) => (key === freeField ? metadata : key === stampsField ? stamps : lens),
  };
  return lens;
}

/** Sees everything as it is, but for what looks like a token (L17). @internal */
export function guardLens({ text, number }: Pseudonyms): Lens {
  const isSecretName = byName(namesSecret);
  const isSecret = byName(looksSecret);
  /** Of somebody's own data, a name may be a token as well. */
  const name = (key: string): string => (isSecret(key) ? text(key) : key);
  const hidden: Lens = {
    text: (_, value) => text(value),
    number: (_, value) => number(value),
    name,
    under: () => hidden,
  };
  const lens: Lens = {
    text: (key, value) => (looksSecret(value) || isSecretName(key) ? text(value) : value),
    number: (key, value) => (isSecretName(key) ? number(value) : value),
    name,
    under: (key) => (isSecretName(key) ? hidden : lens),
  };
  return lens;
}

/** Sees nothing of what an action of somebody else carries. @internal */
export function strangerLens(pseudonyms: Pseudonyms): Lens {
  return nothingLens(pseudonyms);
}
