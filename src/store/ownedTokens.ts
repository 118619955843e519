import { ownerOf } from '../protocol/claims';
import type { TokenSource } from '../transport/session';

/**
 * A host's tokens, watched: a host that lets somebody else in says so by nothing but another person's token. It is
 * noticed before that token is used, so that nothing of the one goes out in the other's name.
 *
 * @internal
 * @param onChange - Called with the new owner, before the first token of theirs is given out.
 */
export function ownedTokens(source: TokenSource, onChange: (userId: string) => void): TokenSource {
  const last: { owner: string | null } = { owner: null };
  const watch = (token: string | null): string | null => {
    const next = ownerOf(token);
    const { owner } = last;
    last.owner = next ?? owner;
    if (owner !== null && next !== null && next !== owner) onChange(next);
    return token;
  };
  return {
    getToken: async () => watch(await source.getToken()),
    ...(source.refresh === undefined
      ? {}
      : { refresh: async () => watch((await source.refresh?.()) ?? null) }),
  };
}
