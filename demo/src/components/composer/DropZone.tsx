import type { DragEvent, ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useStrings } from '../../i18n/language';
import { Icon } from '../basics/Icon';
import './DropZone.css';

interface DropZoneProps {
  readonly onFiles: (files: Iterable<File>) => void;
  readonly children: ReactNode;
}

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files');

/** Takes files that are dropped anywhere on a conversation. */
export function DropZone({ onFiles, children }: DropZoneProps) {
  const { composer } = useStrings();
  const [isOver, setIsOver] = useState(false);
  /** Every element below the pointer says that it was entered and left. */
  const depth = useRef(0);
  const end = () => {
    depth.current = 0;
    setIsOver(false);
  };
  return (
    <div
      className="drop-zone"
      onDragEnter={(event) => {
        if (!hasFiles(event)) return;
        depth.current += 1;
        setIsOver(true);
      }}
      onDragOver={(event) => {
        if (hasFiles(event)) event.preventDefault();
      }}
      onDragLeave={(event) => {
        if (!hasFiles(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) end();
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        end();
        onFiles(event.dataTransfer.files);
      }}
    >
      {children}
      {isOver ? (
        <div className="drop-zone-cover">
          <Icon name="clip" size={28} />
          {composer.drop}
        </div>
      ) : null}
    </div>
  );
}
