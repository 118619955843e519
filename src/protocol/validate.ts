import * as v from 'valibot';
import type { Decoded } from './fault';
import { Fault } from './fault';

/** A schema whose output is one of our models. @internal */
export type Schema<T> = v.GenericSchema<unknown, T>;

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

function toFault(issue: v.BaseIssue<unknown>): Fault {
  const path = v.getDotPath(issue) ?? undefined;
  if (path === undefined || !/(?:^|\.)(?:id|emoji|\w+Id|channelIds\.\d+)$/.test(path)) {
    return new Fault('invalid_field', path);
  }
  const isMissing = issue.input === undefined || issue.input === null || issue.input === '';
  return new Fault(isMissing ? 'missing_id' : 'hostile_id', path);
}
