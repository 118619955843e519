import { membersReceived } from '../../actions/history';
import { decodeMemberTree, toEntities } from '../../protocol/entities';
import { Fault } from '../../protocol/fault';
import { isList, isRaw } from '../../protocol/raw';
import type { Raw } from '../../protocol/raw';
import type { MemberRecord } from '../../state/members';
import { keepRows } from './messageRows';
import type { Part, PatchPath } from './part';
import { ruleOf } from './part';
import type { PatchReader, PatchRule, PatchSource, PatchView } from './patchRule';
import type { Spellings } from './spelling';
import { spelledIn } from './spelling';
import { wireTime } from './wireTime';

/** @public */
export interface MemberListShape<Arg> {
  /** The channel or the project that the list is of. `data` is the answer. */
  readonly scopeId: (arg: Arg, data: unknown) => string;
  /** Where the rows lie in the answer. Default: `[]`, the answer is the list. */
  readonly at?: PatchPath;
}

/** @public */
export interface MemberListRule<Endpoint extends string, Arg> extends MemberListShape<Arg> {
  readonly endpoint: Endpoint;
}

const lastSeenNames: Spellings = ['last_seen', 'lastSeen'];

function userIdOf(row: unknown): string | null {
  const member = decodeMemberTree(row);
  if (member instanceof Fault) return null;
  return typeof member.userId === 'string' ? member.userId : member.userId.id;
}

/** Sets what is known of somebody's presence, where it is said: beside the membership, or in the person in it. */
function withPresence(row: Raw, userId: string, { root, selectors }: PatchReader): Raw {
  const presence = selectors.selectPresence(root, userId);
  if (presence === null || row['status'] === presence.status) return row;
  const { status, lastSeen } = presence;
  const seen = lastSeen === null ? {} : { [spelledIn(row, lastSeenNames)]: wireTime(lastSeen) };
  return { ...row, status, ...seen };
}

/** What is known of a member, as far as the row does not say it already. */
function written(row: Raw, { userId, role }: MemberRecord, { layer }: PatchView): Raw {
  const next = role === null || row['role'] === role ? row : { ...row, role };
  const { user } = row;
  if (!isRaw(user) || Object.hasOwn(row, 'status')) return withPresence(next, userId, layer);
  const person = withPresence(user, userId, layer);
  return person === user ? next : { ...next, user: person };
}

function newRow({ userId, joinedAt }: MemberRecord, { layer }: PatchView): Raw {
  const user = layer.selectors.selectUser(layer.root, userId);
  return {
    user_id: userId,
    username: user?.username ?? null,
    full_name: user?.fullName ?? null,
    avatar_url: user?.avatarUrl ?? null,
    joined_at: wireTime(joinedAt),
  };
}

/** A list of members, somewhere in an answer. @internal */
export function memberPart<Arg>({ at = [], scopeId }: MemberListShape<Arg>): Part {
  // the endpoint's own argument, as the rule was written for it
  const scopeIn = ({ arg, data }: PatchSource): string => scopeId(arg as Arg, data);
  return {
    at,
    topics: (_value, source) => [`members:${scopeIn(source)}`, 'people'],
    facts(value, source, { reject, instance, asOf, absentBefore, oldestInFlight }) {
      if (!isList(value)) return [];
      const trees = value.flatMap((row) => {
        const member = decodeMemberTree(row);
        if (!(member instanceof Fault)) return member;
        reject(member.reason, row);
        return [];
      });
      const { members, users } = toEntities({ members: trees });
      const partial = trees.length < value.length ? { isPartial: true as const } : {};
      const told = { ...partial, asOf, absentBefore, oldestInFlight };
      return [membersReceived({ channelId: scopeIn(source), members, users, ...told }, instance)];
    },
    project(value, source, view, last) {
      if (!isList(value)) return value;
      const { root, selectors } = view.layer;
      const members = selectors.selectMembers(root, scopeIn(source));
      const known = new Map(members.map((member) => [member.userId, member]));
      const rows: unknown[] = [];
      for (const row of value) {
        const userId = userIdOf(row);
        const member = userId === null ? undefined : known.get(userId);
        if (userId !== null) known.delete(userId);
        if (userId === null || !isRaw(row)) rows.push(row);
        else if (member !== undefined) rows.push(written(row, member, view));
      }
      for (const member of known.values()) rows.push(written(newRow(member, view), member, view));
      return keepRows(rows, last ?? value);
    },
  };
}

/**
 * A rule for an endpoint whose answer is one list of members: who comes and goes, roles, and who is online.
 *
 * @public
 * @example
 * ```ts
 * memberList({ endpoint: 'getMembers', scopeId: (arg: string) => arg, at: ['members'] });
 * ```
 */
export function memberList<const Endpoint extends string, Arg>(
  rule: MemberListRule<Endpoint, Arg>,
): PatchRule<Endpoint> {
  return ruleOf(rule.endpoint, [memberPart(rule)]);
}
