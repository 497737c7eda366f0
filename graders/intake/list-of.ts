/** Names for a sentence, the first six of them and how many more there are. */
export function listOf(names: readonly string[], most = 6): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** The first sentences, and how many there are besides: whoever hands in 20,000 files of one kind is told of some. */
export function firstOf(sentences: readonly string[], most = 40): readonly string[] {
  if (sentences.length <= most) return sentences;
  return [...sentences.slice(0, most), `The same holds for ${sentences.length - most} more files.`];
}
