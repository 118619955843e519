import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { act, renderHook } from '@testing-library/react';
import { useCalmTimeline } from '../../demo/src/hooks/useCalmTimeline';
import type { MessageRow } from '../../src';
import type { TimelineView } from '../../src/react';

/** Messages number `from` to `to`, of which those that are listed are the viewer's. */
function rows(from: number, to: number, own: readonly number[] = []): readonly MessageRow[] {
  return Array.from({ length: to - from + 1 }, (_unused, i) => {
    const row = { key: `m${from + i}`, isOwn: own.includes(from + i) };
    // what else a row has does not matter here
    return row as MessageRow;
  });
}

function watch(first: readonly MessageRow[]) {
  const { result, rerender } = renderHook(
    // as the library's hook: another object each time
    ({ messages }) => useCalmTimeline({ messages } as TimelineView),
    { initialProps: { messages: first } },
  );
  return {
    tell(messages: readonly MessageRow[]) {
      rerender({ messages });
    },
    newest: () => result.current.messages.at(-1)?.key,
    oldest: () => result.current.messages[0]?.key,
    shown: () => result.current,
  };
}

const pass = (ms: number) => {
  act(() => {
    jest.advanceTimersByTime(ms);
  });
};

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('what is loaded first, a message and a page of older ones show at once', () => {
  const list = watch([]);
  list.tell(rows(50, 100));
  expect(list.newest()).toBe('m100');
  list.tell(rows(50, 101));
  expect(list.newest()).toBe('m101');
  list.tell(rows(1, 101));
  expect(list.oldest()).toBe('m1');
});

test('a flood shows ten times a second where it has come to', () => {
  const list = watch(rows(1, 50));
  const before = list.shown();
  list.tell(rows(1, 150));
  expect(list.shown()).toBe(before);
  pass(50);
  list.tell(rows(1, 250));
  pass(49);
  expect(list.shown()).toBe(before);
  pass(1);
  expect(list.newest()).toBe('m250');
  list.tell(rows(1, 350));
  expect(list.newest()).toBe('m250');
  // the rest is few, and waits no longer for that
  list.tell(rows(1, 351));
  pass(100);
  expect(list.newest()).toBe('m351');
  list.tell(rows(1, 352));
  expect(list.newest()).toBe('m352');
});

test('what one writes oneself shows at once, with all that came before it', () => {
  const list = watch(rows(1, 50));
  list.tell(rows(1, 150));
  expect(list.newest()).toBe('m50');
  list.tell(rows(1, 151, [151]));
  expect(list.newest()).toBe('m151');
});
