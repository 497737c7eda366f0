/** The one known name that differs by capitals or by a single letter, for "did you mean"; undefined when none or several do. */
export function nearestName(name: string, known: ReadonlySet<string>): string | undefined {
  const lower = name.toLowerCase();
  const sameLetters = [...known].find((candidate) => candidate.toLowerCase() === lower);
  if (sameLetters !== undefined) return sameLetters;
  const close = [...known].filter(
    (candidate) => candidate.length > 3 && oneLetterApart(candidate.toLowerCase(), lower),
  );
  return close.length === 1 ? close[0] : undefined;
}

function oneLetterApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const rest = (text: string, from: number) => text.slice(from);
  return rest(a, i + 1) === rest(b, i + 1) || rest(a, i + 1) === rest(b, i) || rest(a, i) === rest(b, i + 1);
}
