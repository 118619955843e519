import { useEffect, useState } from 'react';
import type { OpenLog } from './openLog';

/** Where one stands in a log, and how to move. */
export interface Playback {
  readonly position: number;
  readonly isPlaying: boolean;
  readonly speed: number;
  readonly seek: (position: number) => void;
  readonly step: (by: number) => void;
  readonly toggle: () => void;
  readonly setSpeed: (speed: number) => void;
}

/** Plays the log in time, and stops at its end. The player itself stands wherever it was asked last. */
export function usePlayer({ player }: OpenLog): Playback {
  const [position, setPosition] = useState(player.first);
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(4);

  useEffect(() => {
    if (!isPlaying) return undefined;
    return player.play({
      speed,
      maxGapMs: 600,
      onStep: (stepped) => {
        setPosition(stepped.position);
      },
      onEnd: () => {
        setPlaying(false);
      },
    });
  }, [player, isPlaying, speed]);

  const seek = (to: number) => {
    setPlaying(false);
    player.seek(to);
    setPosition(player.position);
  };
  return {
    ...{ position, isPlaying, speed, seek, setSpeed },
    step: (by) => {
      seek(position + by);
    },
    toggle: () => {
      if (!isPlaying && position >= player.last) {
        player.seek(player.first);
        setPosition(player.first);
      } else player.seek(position);
      setPlaying(!isPlaying);
    },
  };
}
