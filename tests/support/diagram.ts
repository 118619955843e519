/** A table of steps: from where, by which event, to where. */
type Steps = Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>;

/** Draws a machine for Mermaid: one arrow for all events that lead from one place to another. */
export function diagramOf(steps: Steps): string {
  const lines = ['stateDiagram-v2', '    [*] --> idle'];
  for (const [from, row] of Object.entries(steps)) {
    const arrows = new Map<string, string[]>();
    for (const [event, to = ''] of Object.entries(row)) {
      arrows.set(to, [...(arrows.get(to) ?? []), event]);
    }
    for (const [to, events] of arrows) lines.push(`    ${from} --> ${to}: ${events.join(', ')}`);
  }
  return `${lines.join('\n')}\n`;
}
