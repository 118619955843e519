export const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Starts a table: the first column is words, all others are numbers. */
export function printHead(cells: readonly string[]): void {
  console.log(`\n${row(cells)}`);
  console.log(`|---|${'---:|'.repeat(cells.length - 1)}`);
}

export const count = (value: number): string => value.toLocaleString('en');
export const us = (value: number): string => value.toFixed(2);
export const times = (value: number): string => `${value.toFixed(2)}×`;
