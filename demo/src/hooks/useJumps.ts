import { useHudhud } from '@hudhud/state/react';
import { useState } from 'react';
import { useAppDispatch } from '../app/hooks';
import type { Jump } from './useJump';

interface Jumps {
  readonly jump: Jump | null;
  readonly jumpTo: (at: number) => void;
  readonly forgetJump: () => void;
}

/** The moment that somebody wants to see in a channel; with the channel it is forgotten. */
export function useJumps(channelId: string | null): Jumps {
  const { actions } = useHudhud();
  const dispatch = useAppDispatch();
  const [known, setKnown] = useState<(Jump & { readonly channelId: string }) | null>(null);
  return {
    jump: known !== null && known.channelId === channelId ? known : null,
    jumpTo(at) {
      if (channelId === null) return;
      // asked for first: who waits for it finds it under way
      dispatch(actions.jumpTo({ channelId, parentId: null, at }));
      setKnown({ channelId, at });
    },
    forgetJump() {
      setKnown(null);
    },
  };
}
