import { useEffect } from 'react';
import { BrokenLines } from './BrokenLines';
import { ChatAt } from './ChatAt';
import { Controls } from './Controls';
import type { OpenLog } from './openLog';
import { momentAt } from './openLog';
import { StepPanel } from './StepPanel';
import { Timeline } from './Timeline';
import { usePlayer } from './usePlayer';

/** Keys for the whole page, unless one is writing or on something that has keys of its own. */
function isTaken(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, select, button, pre, ol') !== null;
}

/** A log at one of its positions. */
export function Viewer({ open }: { readonly open: OpenLog }) {
  const { log, player, name, broken, differing, selectors } = open;
  const playback = usePlayer(open);
  const { position, seek, step, toggle } = playback;
  const { header, end } = log;
  const moment = momentAt(open, position);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTaken(event.target) || event.altKey || event.ctrlKey || event.metaKey) return;
      const moves: Readonly<Record<string, () => void>> = {
        ArrowRight: () => {
          step(event.shiftKey ? 10 : 1);
        },
        ArrowLeft: () => {
          step(event.shiftKey ? -10 : -1);
        },
        Home: () => {
          seek(player.first);
        },
        End: () => {
          seek(player.last);
        },
        ' ': toggle,
      };
      const move = moves[event.key];
      if (move === undefined) return;
      event.preventDefault();
      move();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  });

  return (
    <main className="inspector-main">
      <p className="inspector-about">
        <strong>{name}</strong> · {player.last - player.first} actions ·{' '}
        {new Date(header.startedAt).toLocaleString()} · {header.app || 'an app without a name'}
        {end.isComplete ? '' : ' · not whole'}
        {differing.length > 0 && ` · differs in ${differing.join(', ')}`}
        {differing.length === 0 && (broken.length === 0 ? ' · verified' : ' · nothing differs')}
      </p>
      <BrokenLines open={open} onSeek={seek} />
      <Timeline open={open} moment={moment} position={position} onSeek={seek} />
      <Controls open={open} playback={playback} />
      <div className="inspector-panes">
        <ChatAt root={moment.root} selectors={selectors} />
        <StepPanel open={open} moment={moment} position={position} />
      </div>
    </main>
  );
}
