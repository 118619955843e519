import type { LogAbout } from '../../src/replay/logWriter';
import { LogWriter } from '../../src/replay/logWriter';

export const about: LogAbout = {
  ...{ app: 'tests 1', instance: 'hudhud', level: 'domain', slices: ['messages'] },
  ...{ startedAt: 1_756_713_600_000, redaction: 'none' },
};

/** A small log of its own kind: three actions, with everything that a log can have. */
export function smallLog(texts: readonly string[] = ['good morning', 'صباح الخير', '👍']): string {
  const writer = new LogWriter();
  const lines = [writer.header(about), writer.keyframe(0, 'start', '{"messages":[]}')];
  texts.forEach((text, i) => {
    lines.push(writer.action(i, i * 40, JSON.stringify({ type: 'said', payload: { text } })));
    lines.push(writer.checkpoint(i + 1, { messages: `${i}` }));
  });
  lines.push(writer.keyframe(texts.length, 'jump', '{"messages":[1]}'));
  return [...lines, writer.footer()].join('');
}
