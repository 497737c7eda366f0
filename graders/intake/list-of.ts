/** Names for a sentence, the first six of them and how many more there are. */
export function listOf(names: readonly string[], most = 6): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
