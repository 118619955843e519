import type { HudhudAction } from '../../actions/define';
import type { Asked } from '../../actions/history';
import type { RejectionReason } from '../../protocol/rejection';
import type { HudhudSelectors } from '../../selectors/createSelectors';
import type { HudhudRootState } from '../../selectors/root';

/**
 * What a cached answer depends on: it is looked at again after an action that touches one of these. `messages:<channel>`
 * stands for everything that the rows of a channel are made of, what is pending on them included.
 *
 * @public
 */
export type PatchTopic =
  'channels' | 'unread' | 'people' | `messages:${string}` | `members:${string}`;

/** Selectors, and the state to call them with. @public */
export interface PatchReader {
  readonly root: HudhudRootState;
  readonly selectors: HudhudSelectors;
}

/** What a rule reads. @public */
export interface PatchView {
  /** The layer as everybody sees it: channels, members, presence, unread counts. */
  readonly layer: PatchReader;
  /**
   * For timelines of the rule's `messages:` topics: the same, but that messages of a channel are held for as long as an
   * answer about it is cached, whatever the layer's own bounds are.
   */
  readonly messages: PatchReader;
}

/** An answer as it came, and what it was asked for with. @public */
export interface PatchSource {
  /** As the endpoint gave it; of an infinite query all pages that are cached. Never written to. */
  readonly data: unknown;
  readonly arg: unknown;
  /** Of an endpoint with `merge`: what earlier answers that are part of `data` were asked for with. */
  readonly merged?: readonly unknown[];
  /** What was last seen before this ordinal, and is not in the answer although it should be, is gone. */
  readonly absentBefore: number;
}

/** When and how an answer was asked for. @public */
export interface PatchAsked extends Asked {
  /** Name of the instance, for the actions that `facts` makes. */
  readonly instance: string;
  /**
   * Whether one connection told of a channel from before the request until after its answer; `null`: whether the main
   * stream was open all the time.
   */
  readonly isLive: (channelId: string | null) => boolean;
  /** Of an infinite query: which pages are new with this answer, by index; `null`: all. */
  readonly freshPages: readonly number[] | null;
  readonly view: PatchView;
  /** Counts and keeps what of the answer could not be understood (L16). */
  readonly reject: (reason: RejectionReason, row: unknown) => void;
}

/** What of an endpoint's definition a rule may want to know. @public */
export interface PatchedEndpoint {
  /** Of an infinite query only. */
  readonly infiniteQueryOptions?: { readonly initialPageParam: unknown };
}

/**
 * Says of one endpoint which of its cached answers hold a fact, and how an answer looks with it. Ready-made:
 * `messageList`, `infiniteMessageList`, `messageById`, `channelList`, `memberList`, `unreadCounts`, `workspaceSnapshot`.
 *
 * @public
 */
export interface PatchRule<Endpoint extends string = string> {
  readonly endpoint: Endpoint;
  /** The same rule with what it has to know of the endpoint. Default: it is used as it is. */
  readonly withDefinition?: (definition: PatchedEndpoint) => PatchRule<Endpoint>;
  /** What an answer depends on. */
  readonly topics: (source: PatchSource) => readonly PatchTopic[];
  /**
   * What a fresh answer says, in the layer's own words: the actions are dispatched, so that selectors and wishes know it
   * too.
   */
  readonly facts: (source: PatchSource, asked: PatchAsked) => readonly HudhudAction[];
  /**
   * The answer with everything that is known now: what came later, and what is pending. Pure; made from the answer as it
   * came, never from what it was made into before (L7).
   *
   * @param last - What it gave the last time; what did not change is taken from it by reference, and if nothing did, it
   * is the result.
   */
  readonly project: (source: PatchSource, view: PatchView, last: unknown) => unknown;
  /**
   * Whether the layer itself holds everything that an answer is made of, so that `checkCaches` may compare the two.
   * Default: it does.
   */
  readonly isLoaded?: (source: PatchSource, view: PatchView) => boolean;
  /** Its rows have a shape of the host's own, in which nothing marks what is pending. @internal */
  readonly hasOwnRows?: boolean;
}
