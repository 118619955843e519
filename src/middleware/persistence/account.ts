import type { KeyValueStorage } from '../../platform/storage';
import { decodeAccount } from '../../protocol/decodeAuth';
import { Fault } from '../../protocol/fault';
import type { AccountFact } from '../../protocol/models';

/** Who is signed in at a back end, as this browser remembers it: no secret, and not their address. */
const entry = { id: 'id', account: 'account' } as const;

/** @internal */
export interface RememberedAccount {
  write(account: AccountFact): Promise<void>;
  read(): Promise<AccountFact | null>;
  /** Forgets this person; whoever signed in since stays. */
  drop(userId: string): Promise<void>;
}

/** @internal @param space - Of the back end, whoever is signed in. */
export function createRememberedAccount(
  storage: KeyValueStorage,
  space: string,
): RememberedAccount {
  return {
    async write({ id, username, fullName, avatarUrl, role }) {
      const value = { id, username, fullName, avatarUrl, role };
      await storage.write(space, [
        { put: entry.id, value: id },
        { put: entry.account, value },
      ]);
    },
    async read() {
      const account = decodeAccount((await storage.read(space)).get(entry.account));
      return account instanceof Fault ? null : account;
    },
    async drop(userId) {
      await storage.write(space, [{ dropAll: '' }], { [entry.id]: userId });
    },
  };
}
