import type { RejectedFrame } from './batch';
import { decodeAccount } from './decodeAuth';
import { listOf, openEnvelope } from './envelope';
import type { Decoded } from './fault';
import { Fault } from './fault';
import { toPlainObject } from './json';
import { anyOf, isRaw } from './raw';
import type { AccountList, AdminAccountFact, Statistics } from './rest';
import { decodeRows } from './rows';
import { toEpochMs } from './times';

/**
 * Decodes the list of accounts that an admin may see.
 *
 * @public
 */
export function decodeAccounts(body: unknown): AccountList {
  const rejected: RejectedFrame[] = [];
  const rows = listOf(openEnvelope(body), 'users');
  return { accounts: decodeRows(rows, 'users', decodeAdminAccount, rejected), rejected };
}

function decodeAdminAccount(row: unknown): Decoded<AdminAccountFact> {
  const account = decodeAccount(row);
  if (account instanceof Fault || !isRaw(row)) return account;
  const { status } = row;
  const createdAt = toEpochMs(anyOf(row, 'created_at', 'createdAt'));
  if (Number.isNaN(createdAt)) return new Fault('invalid_field', 'createdAt');
  return {
    ...account,
    // a presence stands under the same name: it was taken as such
    ...(typeof status === 'string' && account.status === undefined
      ? { accountStatus: status }
      : {}),
    ...(createdAt === undefined ? {} : { createdAt }),
  };
}

/**
 * Takes the server's sums as they come.
 *
 * @public
 */
export function decodeStatistics(body: unknown): Statistics {
  return toPlainObject(openEnvelope(body).inner);
}
