/** Which files of a submission a Python file reaches by its imports, and which packages it asks for that are not there. */
import type { SourceFacts } from '../../../protocol/messages.ts';

/** The file at which an import of `name` in the file at `from` arrives; undefined where it is none of the submission's. */
function localPath(name: string, from: string, paths: ReadonlySet<string>): string | undefined {
  const dots = /^\.*/.exec(name)![0].length;
  const folders = from.split('/').slice(0, -1);
  const base = dots === 0 ? [] : folders.slice(0, folders.length - (dots - 1));
  const stem = [...base, ...name.slice(dots).split('.').filter(Boolean)].join('/');
  return [`${stem}.py`, `${stem}/__init__.py`].find((path) => paths.has(path));
}

/** The file and all that it imports of the submission, by way of others too. */
export function reachedFrom(start: string, facts: ReadonlyMap<string, SourceFacts>): string[] {
  const paths = new Set(facts.keys());
  const reached = new Set<string>();
  const waiting = [start];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const { name, taken } of facts.get(path)?.imports ?? []) {
      for (const wanted of [name, ...taken.map((part) => `${name}${name.endsWith('.') ? '' : '.'}${part}`)]) {
        const local = localPath(wanted, path, paths);
        if (local !== undefined) waiting.push(local);
      }
    }
  }
  return [...reached];
}
