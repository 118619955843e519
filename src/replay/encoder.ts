import type { UnknownAction } from '@reduxjs/toolkit';
import { isOfInstance } from '../actions/define';
import type { LogRedaction, SliceHashes } from '../actions/logFormat';
import type { Hasher } from './hash';
import { createHasher } from './hash';
import type { Lens } from './lens';
import { guardLens, pseudonymLens, strangerLens } from './lenses';
import type { SipKey } from './siphash';
import type { Pseudonyms } from './pseudonyms';
import { createPseudonyms } from './pseudonyms';
import { toJson } from './redact';
import { looksSecret } from './redactionSchema';

/** A state of this package, by slice. @internal */
export type Slices = Readonly<Record<string, unknown>>;

/** A host's action of more characters is recorded without what it carries. */
const maxStranger = 65_536;
/** Stands for an action of ours that no JSON can say. */
const omitted = '@@hudhud/omitted';
/** What RTK Query's actions carry of a request: headers and arguments, tokens among them. */
const requestParts = ['baseQueryMeta', 'arg'];

function withoutRequest(action: UnknownAction): UnknownAction {
  const meta = action['meta'];
  if (typeof meta !== 'object' || meta === null) return action;
  if (!requestParts.some((part) => part in meta)) return action;
  const kept = Object.entries(meta).filter(([key]) => !requestParts.includes(key));
  return { ...action, meta: Object.fromEntries(kept) };
}

/** Makes of actions and states what a log has of them. @internal */
export class Encoder {
  private readonly instance: string;
  private readonly own: Lens;
  private readonly strange: Lens;
  private readonly hasher: Hasher;
  private readonly pseudonyms: Pseudonyms;

  constructor(
    instance: string,
    redaction: LogRedaction,
    keepMetadata: readonly string[],
    key: SipKey,
  ) {
    const pseudonyms = createPseudonyms(key);
    const guard = guardLens(pseudonyms);
    const isOpen = redaction === 'none';
    this.instance = instance;
    this.pseudonyms = pseudonyms;
    this.own = isOpen ? guard : pseudonymLens(pseudonyms, keepMetadata);
    this.strange = isOpen ? guard : strangerLens(pseudonyms);
    this.hasher = createHasher(this.own);
  }

  action(action: UnknownAction): string {
    if (!isOfInstance(action, this.instance)) return this.stranger(action);
    try {
      return toJson(action, this.own);
    } catch {
      // a circle; the next checkpoint says that something is missing
      return `{"type":"${omitted}","of":${JSON.stringify(action.type)}}`;
    }
  }

  state(state: Slices): string {
    return toJson(state, this.own);
  }

  hashes(state: Slices): SliceHashes {
    return Object.fromEntries(
      Object.entries(state).map(([slice, value]) => [slice, this.hasher.hash(value)]),
    );
  }

  /** Lets go of names that it remembers. */
  forget(): void {
    this.pseudonyms.forget();
  }

  /** A host's own action: its type, and what it carries as far as redaction lets it through. */
  private stranger(action: UnknownAction): string {
    const { type, ...rest } = withoutRequest(action);
    const name = JSON.stringify(
      looksSecret(type) ? this.pseudonyms.text(type) : type.slice(0, 128),
    );
    let carried: string;
    try {
      carried = toJson(rest, this.strange);
    } catch {
      carried = ''; // a circle: a host's action may be anything
    }
    if (carried === '{}') return `{"type":${name}}`;
    if (carried === '' || carried.length > maxStranger) return `{"type":${name},"omitted":true}`;
    return `{"type":${name},${carried.slice(1)}`;
  }
}
