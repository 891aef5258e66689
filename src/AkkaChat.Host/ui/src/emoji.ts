// The few emoji that are offered, with what they are called.

export const emoji: readonly (readonly [sign: string, name: string])[] = [
  ['👍', 'Thumbs up'], ['❤️', 'Heart'], ['😂', 'Tears of joy'], ['🎉', 'Party'], ['👀', 'Eyes'], ['✅', 'Done'],
  ['🙏', 'Thank you'], ['🚀', 'Rocket'], ['😄', 'Smile'], ['😮', 'Surprised'], ['😢', 'Sad'], ['🤔', 'Thinking'],
  ['👋', 'Wave'], ['👏', 'Applause'], ['🔥', 'Fire'], ['💯', 'Hundred'], ['☕', 'Coffee'], ['🐛', 'Bug'],
  ['👎', 'Thumbs down'], ['❌', 'Cross'], ['❓', 'Question'], ['⏳', 'Waiting'], ['💡', 'Idea'], ['🌱', 'Seedling'],
];

/** What stands at the front of a phone's sheet. */
export const quickEmoji = emoji.slice(0, 6);
