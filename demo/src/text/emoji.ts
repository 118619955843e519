/** What one reacts with, those that are used most first; one row has as many as the picker. */
export const emojiPerRow = 6;
export const reactionEmoji = [
  ...['👍', '❤️', '😂', '🎉', '🙏', '✅'],
  ...['👀', '🔥', '👏', '💯', '🚀', '☕'],
  ...['😄', '😮', '😢', '🤔', '🙌', '💪'],
  ...['➕', '❌', '⚡', '🌹', '🤝', '🐦'],
] as const;
