import { useState } from 'react';
import type { ServedLog } from './servedLogs';
import { Logo } from '../components/basics/Logo';
import { servedLogs } from './servedLogs';
import { Unshowable } from './Unshowable';
import { useLog } from './useLog';
import { Viewer } from './Viewer';

const logs = servedLogs(window.location.hash);

/** A page that looks at a recorded log: nothing of it leaves the machine. */
export function Inspector() {
  const [source, setSource] = useState<File | ServedLog | null>(logs[0] ?? null);
  const { open, error, isLoading } = useLog(source);
  const [isOver, setOver] = useState(false);
  const takeFile = (file: File | undefined) => {
    if (file !== undefined) setSource(file);
  };

  return (
    <div
      className={isOver ? 'inspector inspector-over' : 'inspector'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        takeFile(event.dataTransfer.files[0]);
      }}
    >
      <header className="inspector-head">
        <h1>
          <Logo size={24} />
          Inspector
        </h1>
        {logs.length > 1 && (
          <select
            aria-label="Log"
            value={logs.findIndex((log) => log === source)}
            onChange={(event) => {
              setSource(logs[Number(event.target.value)] ?? null);
            }}
          >
            {logs.map(({ name }, i) => (
              <option key={i} value={i}>
                {name}
              </option>
            ))}
            {source instanceof File && <option value={-1}>{source.name}</option>}
          </select>
        )}
        <label className="inspector-open button">
          Open a log
          <input
            className="visually-hidden"
            type="file"
            accept=".ndjson,.gz"
            onChange={(event) => {
              takeFile(event.target.files?.[0]);
              // the same file again, after it was mended, is a change too
              event.target.value = '';
            }}
          />
        </label>
      </header>
      {error !== null && (
        <p className="inspector-error" role="alert">
          {error}
        </p>
      )}
      {open === null ? (
        <main className="inspector-empty">
          {isLoading ? (
            <p role="status">Reading the log …</p>
          ) : (
            <div className="inspector-drop">
              <h2>Drop a recorded log here</h2>
              <p>
                Or open one: <code>.ndjson</code>, packed or not. It is read by this page and stays
                on this machine.
              </p>
            </div>
          )}
        </main>
      ) : (
        // another log begins at its own start
        <Unshowable key={`${open.name} ${open.log.header.startedAt}`} name={open.name}>
          <Viewer open={open} />
        </Unshowable>
      )}
    </div>
  );
}
