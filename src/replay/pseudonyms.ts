import type { SipKey } from './siphash';
import { sipHash } from './siphash';

/** Makes what stands for a text or a number in a recording. @internal */
export interface Pseudonyms {
  readonly text: (value: string) => string;
  readonly number: (value: number) => number;
  /** Lets go of what was remembered to be quicker. */
  readonly forget: () => void;
}

/** Names and links come again and again, and are short; texts of messages do not, and are let go at once. */
const maxRemembered = 2_048;
const maxLength = 64;

/**
 * Stands for values by the secret key: equal for equal values, so that whatever compares them decides the same, and
 * meaning nothing without the key. Reducers also ask whether a text is empty, and compare texts without the blanks
 * around them: those stay. Its length is told, as that is what layouts and limits are about.
 *
 * @internal
 */
export function createPseudonyms(key: SipKey): Pseudonyms {
  const remembered = new Map<string, string>();
  const make = (value: string): string => {
    const core = value.trim();
    if (core === '') return value;
    const name = `~${sipHash(core, key)}.${core.length}`;
    if (core.length === value.length) return name;
    return value.replace(core, () => name);
  };
  return {
    text(value) {
      if (value.length > maxLength) return make(value);
      const known = remembered.get(value);
      if (known !== undefined) return known;
      const made = make(value);
      if (remembered.size >= maxRemembered) remembered.clear();
      remembered.set(value, made);
      return made;
    },
    // a number stays one, as does whatever asks for its type
    number: (value) => parseInt(sipHash(`#${value}`, key).slice(0, 13), 16),
    forget() {
      remembered.clear();
    },
  };
}

/** A key that nobody else has, for as long as one recording. @internal */
export function makeKey(): SipKey {
  const [a = 0, b = 0, c = 0, d = 0] = globalThis.crypto.getRandomValues(new Int32Array(4));
  return [a, b, c, d];
}
