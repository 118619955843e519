import * as v from 'valibot';
import type { Decoded } from './fault';
import { Fault, faultOfId } from './fault';
import { isRaw } from './raw';

/** A schema whose output is one of our models. @internal */
export type Schema<T> = v.GenericSchema<unknown, T>;

/** Fields of our models that hold an id; an emoji is a key of tables like one. */
const nameOfId = /(?:^|\.)(?:id|emoji|\w+Id)$/;

// One fault is enough to refuse, and looking for the rest would cost.
const config = { abortEarly: true };

/**
 * Validates a candidate: the object that a decoder picked together from the wire's aliases.
 *
 * @internal
 */
export function validate<T>(schema: Schema<T>, candidate: unknown): Decoded<T> {
  const result = v.safeParse(schema, candidate, config);
  return result.success ? result.output : toFault(result.issues[0]);
}

function readField({ kind, input }: v.BaseIssue<unknown>, field: string): unknown {
  return kind === 'validation' && isRaw(input) ? input[field] : input;
}

function toFault(issue: v.BaseIssue<unknown>): Fault {
  // a check over a whole object carries the field's name as its message
  const path = v.getDotPath(issue) ?? (issue.kind === 'validation' ? issue.message : undefined);
  return path !== undefined && nameOfId.test(path)
    ? faultOfId(readField(issue, path), path)
    : new Fault('invalid_field', path);
}
