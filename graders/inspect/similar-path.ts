/** A file of that name in other capitals or another folder, for the sentence that says what was meant. */
export function similarPath(specifier: string, paths: ReadonlySet<string>): string | undefined {
  const wanted = stem(specifier);
  return [...paths].find((path) => stem(path) === wanted);
}

const stem = (path: string) =>
  path
    .split('/')
    .at(-1)!
    .replace(/\.[a-z]+$/i, '')
    .toLowerCase();
