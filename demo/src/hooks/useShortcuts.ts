import { useChannels } from '@hudhud/state/react';
import { useEffect, useEffectEvent } from 'react';
import { goTo, usePlace } from '../app/place';

interface Shortcuts {
  /** Ctrl or Command + K. */
  readonly findChannel: () => void;
}

/** Keys that work everywhere on the page. Alt + Up and Alt + Down go to the channel above and below. */
export function useShortcuts({ findChannel }: Shortcuts): void {
  const { projectSlug, channelSlug } = usePlace();
  const channels = useChannels();

  const move = (step: 1 | -1) => {
    const slugs = channels.flatMap(({ slug }) => slug ?? []);
    const next = slugs[slugs.indexOf(channelSlug) + step];
    if (next !== undefined) goTo({ projectSlug, channelSlug: next });
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const { key, altKey, ctrlKey, metaKey } = event;
    if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'k') findChannel();
    else if (altKey && !ctrlKey && !metaKey && key === 'ArrowUp') move(-1);
    else if (altKey && !ctrlKey && !metaKey && key === 'ArrowDown') move(1);
    else return;
    event.preventDefault();
  });

  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      onKey(event);
    };
    window.addEventListener('keydown', listener);
    return () => {
      window.removeEventListener('keydown', listener);
    };
  }, []);
}
