import { describe, expect, it } from '@jest/globals';
import { createHudhud, infiniteMessageList, pageReceived } from '../../../../src';
import type { MessageFact, PatchRule } from '../../../../src';
import { ids, messageId, row } from '../../../support/hudhudAnswers';

const { reducer, selectors } = createHudhud({ baseUrl: '/api' });

/** Rows 1 to 4 are known, the last of them by somebody else's word. */
const root = {
  hudhud: reducer(
    reducer(undefined, { type: 'start' }),
    pageReceived({
      ...{ channelId: ids.general, parentId: null, range: { from: null, to: null } },
      ...{ asOf: 1, absentBefore: 0, oldestInFlight: null },
      messages: [1, 2, 3, 4].map((n): MessageFact => ({
        ...{ id: messageId(n), channelId: ids.general, content: `message ${n}` },
        createdAt: Date.parse(row(n).created_at),
      })),
    }),
  ),
};
const reader = { root, selectors };

function shown(rule: PatchRule, pageParam: unknown): unknown {
  const data = { pages: [{ messages: [row(2), row(3)] }], pageParams: [pageParam] };
  const source = { data, arg: ids.general, absentBefore: 0 };
  const made = rule.project(source, { layer: reader, messages: reader }, undefined);
  const { pages } = made as { pages: readonly { messages: readonly { content: string }[] }[] };
  return pages.flatMap(({ messages }) => messages.map(({ content }) => content));
}

describe('the page of an infinite list that reaches up to now', () => {
  const shape = {
    ...{ endpoint: 'getHistory', at: ['messages'] },
    channelId: (arg: string) => arg,
  };
  const upToNow = [2, 3, 4].map((n) => `message ${n}`);
  const asItIs = upToNow.slice(0, 2);

  it('was asked for without a cursor', () => {
    const rule = infiniteMessageList(shape);
    expect(shown(rule, null)).toEqual(upToNow);
    expect(shown(rule, 'm9')).toEqual(asItIs);
    expect(shown(rule, 1)).toEqual(asItIs);
  });

  it('was asked for as the endpoint asks for its first page', () => {
    const rule = infiniteMessageList(shape);
    const infiniteQueryOptions = { initialPageParam: { page: 1 } };
    const bound = rule.withDefinition?.({ infiniteQueryOptions }) ?? rule;
    expect(shown(bound, { page: 1 })).toEqual(upToNow);
    expect(shown(bound, { page: 2 })).toEqual(asItIs);
    expect(shown(bound, null)).toEqual(upToNow);
    expect(shown(rule.withDefinition?.({}) ?? rule, { page: 1 })).toEqual(asItIs);
  });

  it('is what the host says, which also sees the page', () => {
    const seen: unknown[] = [];
    const rule = infiniteMessageList({
      ...shape,
      isTailPage(pageParam, page) {
        seen.push(pageParam, page);
        return pageParam === 'latest';
      },
    });
    expect(shown(rule, 'latest')).toEqual(upToNow);
    expect(shown(rule, null)).toEqual(asItIs);
    expect(seen.slice(0, 2)).toEqual(['latest', { messages: [row(2), row(3)] }]);
  });
});

describe('the pages of an infinite list', () => {
  const rule = infiniteMessageList({
    ...{ endpoint: 'getHistory', at: ['messages'] },
    channelId: (arg: string) => arg,
  });
  const sourceOf = (...pages: readonly (readonly unknown[])[]) => ({
    data: {
      pages: pages.map((messages) => ({ messages })),
      pageParams: pages.map((_, i) => (i === 0 ? null : `before ${i}`)),
    },
    ...{ arg: ids.general, absentBefore: 0 },
  });
  interface Made {
    readonly pages: readonly { readonly messages: readonly { readonly content: string }[] }[];
  }
  const textsOf = ({ pages }: Made) =>
    pages.map(({ messages }) => messages.map(({ content }) => content));
  const view = { layer: reader, messages: reader };

  it('stay the same objects, but for those that something has changed in', () => {
    const source = sourceOf([row(3)], [], [row(1), row(2)]);
    const first = rule.project(source, view, undefined) as Made;
    expect(textsOf(first)).toEqual([['message 3', 'message 4'], [], ['message 1', 'message 2']]);
    expect(rule.project(source, view, first)).toBe(first);
    const edited = reducer(
      root.hudhud,
      pageReceived({
        ...{ channelId: ids.general, parentId: null, range: { from: 0, to: 0 } },
        ...{ asOf: 2, absentBefore: 0, oldestInFlight: null },
        messages: [{ id: messageId(4), channelId: ids.general, content: 'edited' }],
      }),
    );
    const changed = { root: { hudhud: edited }, selectors };
    const next = rule.project(source, { layer: changed, messages: changed }, first) as Made;
    expect(textsOf(next)).toEqual([['message 3', 'edited'], [], ['message 1', 'message 2']]);
    expect(next.pages[2]).toBe(first.pages[2]);
    expect(next.pages[1]).toBe(first.pages[1]);
  });

  it('hold each message once, also where one page reaches into another', () => {
    const source = sourceOf([row(3)], [row(1), row(2), row(3)]);
    const made = rule.project(source, view, undefined) as Made;
    expect(textsOf(made)).toEqual([
      ['message 3', 'message 4'],
      ['message 1', 'message 2'],
    ]);
  });
});
