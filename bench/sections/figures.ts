import type { Figure } from '../measure';
import { printHead, row, times, us } from '../table';

export function printFigureHead(): void {
  printHead(['', 'µs CPU per event', '× floor', 'goal', '']);
}

interface FigureRow {
  readonly name: string;
  readonly figure: Figure;
  readonly floor: Figure;
  readonly goal: number | null;
}

/** A peer's row, as a ratio to the floor; `>`: of a run that was cut, whose cost was still growing. */
export function printFigure({ name, figure, floor, goal }: FigureRow): void {
  const ratio = figure.usPerEvent / floor.usPerEvent;
  const cells = [us(figure.usPerEvent), times(ratio)];
  const aim = goal === null ? '' : `≤ ${goal}`;
  const verdict = goal === null ? '' : ratio <= goal ? 'met' : 'missed';
  console.log(row([name, ...cells.map((cell) => (figure.isCut ? '>' : '') + cell), aim, verdict]));
}
