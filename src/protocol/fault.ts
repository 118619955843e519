import type { RejectionReason } from './rejection';

/**
 * Why something was not taken. Decoders hand it back instead of throwing: a bad frame is ordinary input (L16), and an
 * exception would cost a stack trace per frame.
 *
 * @internal
 */
export class Fault {
  readonly reason: RejectionReason;
  /** Dotted path of the field at fault, in the names of our models; `undefined` when the whole is at fault. */
  readonly path: string | undefined;

  constructor(reason: RejectionReason, path?: string) {
    this.reason = reason;
    this.path = path;
  }

  /** The same fault seen from the object that holds the faulty one. */
  below(parent: string): Fault {
    return new Fault(this.reason, this.path === undefined ? parent : `${parent}.${this.path}`);
  }
}

/** Why a value is no id. @internal */
export function faultOfId(value: unknown, path?: string): Fault {
  const isMissing = value === undefined || value === null || value === '';
  return new Fault(isMissing ? 'missing_id' : 'hostile_id', path);
}

/** What a decoder hands back. @internal */
export type Decoded<T> = T | Fault;
