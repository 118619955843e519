/** Sentences with places to fill: {part}, {thing}, {past}, {future}, {person}, {n}. */
export interface Phrases {
  readonly statements: readonly string[];
  readonly questions: readonly string[];
  readonly replies: readonly string[];
  readonly slots: Readonly<Record<'part' | 'thing' | 'past' | 'future', readonly string[]>>;
}
