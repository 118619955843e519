// app/MessageTexts.tsx
import { useHudhudSelector } from '@hudhud/state/react';

/** A new component: it reads the layer, and asks for nothing. */
export function MessageTexts({ channelId }: { channelId: string }) {
  const rows = useHudhudSelector((select, root) => select.selectTimeline(root, channelId, null));
  return (
    <ul aria-label="Texts">
      {rows.map(({ key, content }) => (
        <li key={key}>{content}</li>
      ))}
    </ul>
  );
}
