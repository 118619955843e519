const rowSelector = '.message-row';

function isInSight(row: Element, frame: DOMRect): boolean {
  const { top, bottom } = row.getBoundingClientRect();
  return bottom > frame.top && top < frame.bottom;
}

/**
 * The row that an arrow key goes to: beside the one that has the focus, else the last one in sight. `null`: there is
 * none; `'end'`: it goes past the last one.
 */
export function rowBeside(
  list: Element,
  focused: Element,
  step: 1 | -1,
): HTMLElement | 'end' | null {
  const rows = [...list.querySelectorAll<HTMLElement>(rowSelector)];
  if (!focused.matches(rowSelector)) {
    const frame = list.getBoundingClientRect();
    return rows.findLast((row) => isInSight(row, frame)) ?? null;
  }
  const at = rows.findIndex((row) => row === focused);
  if (step === 1 && at === rows.length - 1) return 'end';
  return at === -1 ? null : (rows[at + step] ?? null);
}
