import type { OpenLog } from './openLog';
import type { Playback } from './usePlayer';

interface ControlsProps {
  readonly open: OpenLog;
  readonly playback: Playback;
}

/** Back, play, forward, and how fast. */
export function Controls({ open: { player }, playback }: ControlsProps) {
  const { position, isPlaying, speed, seek, step, toggle, setSpeed } = playback;
  const isAtStart = position <= player.first;
  const isAtEnd = position >= player.last;
  const button = (label: string, sign: string, isOff: boolean, run: () => void, look = '') => (
    <button
      type="button"
      className={`button ${look}`}
      aria-label={label}
      title={label}
      disabled={isOff}
      onClick={run}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
  return (
    <div className="inspector-controls" role="toolbar" aria-label="Playback">
      {button('To the start', '|◀', isAtStart, () => {
        seek(player.first);
      })}
      {button('One back', '‹', isAtStart, () => {
        step(-1);
      })}
      {button(
        isPlaying ? 'Pause' : 'Play',
        isPlaying ? '❚❚' : '▶',
        false,
        toggle,
        'button-primary',
      )}
      {button('One on', '›', isAtEnd, () => {
        step(1);
      })}
      {button('To the end', '▶|', isAtEnd, () => {
        seek(player.last);
      })}
      <label className="inspector-speed">
        Speed{' '}
        <select
          value={speed}
          onChange={(event) => {
            setSpeed(Number(event.target.value));
          }}
        >
          {[1, 4, 16, 64].map((times) => (
            <option key={times} value={times}>
              {times}×
            </option>
          ))}
        </select>
      </label>
      <output className="inspector-position">
        before action {position} of {player.last}
      </output>
      <span className="inspector-keys">← → step, with shift ten · space plays · Home, End</span>
    </div>
  );
}
