import type { Page } from 'playwright-core';

/** The part of a workspace's answer that is replaced. */
interface Answer {
  messages: unknown[];
  pagination: { has_more: boolean; oldest_message_id: string; newest_message_id: string };
  readonly current_channel: { readonly channel_id: string };
  readonly active_members: readonly { readonly user_id: string; readonly username: string }[];
}

const texts = ['short', 'of two lines\nlike this', 'of some length, '.repeat(12)];
const spacingMs = 40_000;
const limit = 50;

/**
 * Gives the open channel a history of this many messages, in the backend's form. Writing them all would take the
 * emulator most of the time that a test has; here it is the page that is tested. Each older page waits in `held` while
 * `holds` is set.
 */
export async function serveLongHistory(page: Page, total: number) {
  const newestAt = Date.now() - 60_000;
  const history = { holds: false, held: [] as (() => void)[] };
  let open: Answer | undefined;

  const timeOf = (number: number) => newestAt - (total - number) * spacingMs;
  const rowOf = (number: number) => {
    const { active_members: people = [], current_channel: channel } = open ?? {};
    const author = people[Math.floor(number / 3) % people.length];
    return {
      message_id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
      channel_id: channel?.channel_id,
      user_id: author?.user_id,
      username: author?.username,
      parent_message_id: null,
      content: `number ${number}, ${texts[number % texts.length] ?? ''}`,
      type: 'text',
      metadata: {},
      created_at: new Date(timeOf(number)).toISOString(),
      edited_at: null,
      deleted_at: null,
      thread_count: 0,
      reactions: [],
      files: [],
    };
  };
  const pageOf = (first: number, last: number) =>
    Array.from({ length: Math.max(0, last - first + 1) }, (_unused, at) => rowOf(first + at));
  const pageBefore = (before: number) => {
    const end = Number.isNaN(before) ? Infinity : before;
    const past = Math.min(total, Math.ceil((end - timeOf(0)) / spacingMs) - 1);
    const first = Math.max(1, past - limit + 1);
    return { messages: pageOf(first, past), has_more: first > 1 };
  };
  const pageAfter = (after: number) => {
    const first = Math.max(1, Math.floor((after - timeOf(0)) / spacingMs) + 1);
    const last = Math.min(total, first + limit - 1);
    return { messages: pageOf(first, last), has_more: last < total };
  };

  await page.route('**/api/workspace/**', async (route) => {
    const response = await route.fetch();
    open = (await response.json()) as Answer;
    const { messages, has_more } = pageBefore(NaN);
    const pagination = { ...open.pagination, has_more };
    await route.fulfill({ response, json: { ...open, messages, pagination } });
  });
  await page.route('**/api/chat/messages?*', async (route) => {
    if (history.holds) await new Promise<void>((resolve) => history.held.push(resolve));
    const { searchParams } = new URL(route.request().url());
    const [before, after] = ['before', 'after'].map((side) => searchParams.get(side));
    const json = after ? pageAfter(Date.parse(after)) : pageBefore(Date.parse(before ?? 'never'));
    await route.fulfill({ json: { success: true, count: json.messages.length, ...json } });
  });
  return history;
}
