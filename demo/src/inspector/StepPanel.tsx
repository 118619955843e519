import type { Difference } from '@hudhud/state/replay';
import type { Moment, OpenLog } from './openLog';

interface StepPanelProps {
  readonly open: OpenLog;
  readonly position: number;
  readonly moment: Moment;
}

const shown = 40;

function short(value: unknown): string {
  if (value === undefined) return '—';
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

function Change({ path, before, after }: Difference) {
  return (
    <tr>
      <th scope="row">{path}</th>
      <td>{short(before)}</td>
      <td>{short(after)}</td>
    </tr>
  );
}

/** The action that comes next, what it changes, and what is wished and not confirmed. */
export function StepPanel({ open, moment, position }: StepPanelProps) {
  const { player, selectors, log } = open;
  const { root, next } = moment;
  const changes = next === null ? [] : player.diff(position, position + 1);
  const operations = selectors.selectHudhud(root).outbox.channels.flatMap((one) => one.operations);
  return (
    <section className="inspector-step" aria-label="Step">
      <h2 aria-live="polite">{next === null ? 'The end' : next.a.type}</h2>
      {next !== null && (
        <>
          <p className="inspector-none">
            action {next.i}, {(next.t / 1000).toFixed(2)} s after{' '}
            {new Date(log.header.startedAt).toLocaleTimeString()}
          </p>
          <h3>Changes ({changes.length})</h3>
          {changes.length === 0 ? (
            <p className="inspector-none">It changes nothing.</p>
          ) : (
            <table>
              <thead>
                <tr>
                  <th scope="col">Where</th>
                  <th scope="col">Before</th>
                  <th scope="col">After</th>
                </tr>
              </thead>
              <tbody>
                {changes.slice(0, shown).map((change) => (
                  <Change key={change.path} {...change} />
                ))}
              </tbody>
            </table>
          )}
          {changes.length > shown && <p>{changes.length - shown} more</p>}
        </>
      )}
      <h3>Pending operations ({operations.length})</h3>
      {operations.length === 0 ? (
        <p className="inspector-none">Nothing is waiting.</p>
      ) : (
        <ul className="inspector-operations">
          {operations.map((operation) => (
            <li key={operation.opId}>
              {operation.kind} <span className="badge">{operation.status}</span>
            </li>
          ))}
        </ul>
      )}
      {next !== null && (
        <>
          <h3>Action</h3>
          <pre tabIndex={0} aria-label="The action as JSON">
            {JSON.stringify(next.a, null, 2).slice(0, 20_000)}
          </pre>
        </>
      )}
    </section>
  );
}
