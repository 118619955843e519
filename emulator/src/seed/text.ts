import { arabic } from './phrases/arabic.ts';
import { english } from './phrases/english.ts';
import { emoji, links, mixed, snippets } from './phrases/extras.ts';
import type { Phrases } from './phrases/phrases.ts';
import type { SeedPerson } from './people.ts';
import type { Random } from './random.ts';

export type Language = SeedPerson['language'];

const phrasesOf: Readonly<Record<Language, Phrases>> = { en: english, ar: arabic };

/** Writes believable chat lines. Seed and traffic bots share it. */
export interface Writer {
  message(language: Language): string;
  reply(language: Language): string;
}

export function makeWriter(random: Random, people: readonly SeedPerson[]): Writer {
  const firstName = (language: Language) => {
    const [name = ''] = random
      .pick(people.filter((one) => one.language === language))
      .fullName.split(' ');
    return name;
  };

  function fill(template: string, language: Language): string {
    const { slots } = phrasesOf[language];
    return template.replace(/\{(\w+)\}/g, (_whole, slot: string) => {
      if (slot === 'person') return firstName(language);
      if (slot === 'n') return String(random.between(3, 40));
      return random.pick(slots[slot as keyof typeof slots]);
    });
  }

  function sentence(language: Language): string {
    const phrases = phrasesOf[language];
    const templates = random.chance(0.2) ? phrases.questions : phrases.statements;
    return fill(random.pick(templates), language);
  }

  const ended = (line: string) => (/[.!?؟]$/.test(line) ? line : `${line}.`);

  function paragraph(language: Language): string {
    const sentences = Array.from({ length: random.between(5, 12) }, () =>
      ended(sentence(language)),
    );
    const half = Math.ceil(sentences.length / 2);
    return `${sentences.slice(0, half).join(' ')}\n\n${sentences.slice(half).join(' ')}`;
  }

  return {
    message: (language) => {
      const kind = random.next();
      if (kind < 0.02) return `${sentence(language)}:\n${random.pick(snippets)}`;
      if (kind < 0.05) return `${sentence(language)} ${random.pick(links)}`;
      if (kind < 0.07) return paragraph(language);
      if (kind < 0.1) return random.pick(emoji);
      if (kind < 0.14) return random.pick(mixed);
      if (kind < 0.26) return `${sentence(language)} ${random.pick(emoji)}`;
      if (kind < 0.44) return `${ended(sentence(language))} ${sentence(language)}`;
      return sentence(language);
    },
    reply: (language) => fill(random.pick(phrasesOf[language].replies), language),
  };
}
