import { useState } from 'react';
import type { OpenLog } from './openLog';
import { openLog } from './openLog';
import { Viewer } from './Viewer';

/** A page that looks at a recorded log: nothing of it leaves the machine. */
export function Inspector() {
  const [open, setOpen] = useState<OpenLog | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);

  const take = async (file: File): Promise<void> => {
    try {
      setOpen(await openLog(file.name, file));
      setError(null);
    } catch (failure) {
      setOpen(null);
      setError(`${file.name}: ${failure instanceof Error ? failure.message : String(failure)}`);
    }
  };
  const takeFile = (file: File | undefined) => {
    if (file !== undefined) void take(file);
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
        <h1>Inspector</h1>
        <label className="inspector-open button button-quiet">
          Open a log
          <input
            className="visually-hidden"
            type="file"
            accept=".ndjson,.gz"
            onChange={(event) => {
              takeFile(event.target.files?.[0]);
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
          <p>Drop a recorded log here, or open one. It stays on this machine.</p>
        </main>
      ) : (
        // another log begins at its own start
        <Viewer key={`${open.name} ${open.log.header.startedAt}`} open={open} />
      )}
    </div>
  );
}
