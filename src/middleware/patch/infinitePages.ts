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

/** From which of the held pages on the parameters are these; -1: from none. */
function startOf(held: Pages, params: readonly unknown[]): number {
  const last = held.pageParams.length - params.length;
  for (let start = 0; start <= last; start++) {
    if (params.every((param, i) => equalJson(held.pageParams[start + i], param))) return start;
  }
  return -1;
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
  if (direction === null || told === null) return { data: answer, fresh: null };
  const { pages, pageParams } = told;
  const added = direction === 'forward' ? pages.length - 1 : 0;
  // of the others nobody knows how they were answered
  if (held === null) return { data: answer, fresh: pages.length > 1 ? [added] : null };
  // there was nothing more to ask for
  if (equalJson(held.pageParams, pageParams)) {
    return { data: withPages(answer, held.pages), fresh: [] };
  }
  const others = pageParams.filter((_, i) => i !== added);
  const start = startOf(held, others);
  const own = pages.map((page, i) => {
    if (i === added) return page;
    const place = start + (i < added ? i : i - 1);
    return start < 0 ? ownOf(held, pageParams[i], page) : held.pages[place];
  });
  return { data: withPages(answer, own), fresh: [added] };
}

function withPages(answer: unknown, pages: readonly unknown[]): object {
  return { ...(answer as object), pages };
}

/** By its parameter alone, where the pages do not follow each other as they did. */
function ownOf({ pages, pageParams }: Pages, param: unknown, page: unknown): unknown {
  const known = pageParams.findIndex((one) => equalJson(one, param));
  return known < 0 ? page : pages[known];
}
