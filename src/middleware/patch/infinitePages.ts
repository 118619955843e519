import { isList, isRaw } from '../../protocol/raw';
import { equalJson } from '../../state/equalJson';

/** What RTK Query keeps of an infinite query. */
interface Pages {
  readonly pages: readonly unknown[];
  readonly pageParams: readonly unknown[];
}

function pagesOf(data: unknown): Pages | null {
  if (!isRaw(data)) return null;
  const { pages, pageParams } = data as Partial<Pages>;
  return isList(pages) && isList(pageParams) ? { pages, pageParams } : null;
}

/** An answer, and which of its pages it really brought. @internal */
export interface OwnPages {
  readonly data: unknown;
  /** `null`: all of them. */
  readonly fresh: readonly number[] | null;
}

/**
 * A request for one page more gives back the others as they stood in the cache, with what is pending in them. In their
 * place come the pages as they were answered.
 *
 * @internal
 */
export function withOwnPages(
  base: unknown,
  answer: unknown,
  direction: 'forward' | 'backward' | null,
): OwnPages {
  const held = pagesOf(base);
  const told = pagesOf(answer);
  if (direction === null || held === null || told === null) return { data: answer, fresh: null };
  const added = direction === 'forward' ? told.pages.length - 1 : 0;
  const fresh: number[] = [];
  const pages = told.pages.map((page, i) => {
    const param = told.pageParams[i];
    const known = held.pageParams.findIndex((one) => equalJson(one, param));
    if (known >= 0) return held.pages[known];
    if (i === added) fresh.push(i);
    return page;
  });
  return { data: { ...(answer as object), pages }, fresh };
}
