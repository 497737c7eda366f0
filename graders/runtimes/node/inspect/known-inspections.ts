/**
 * What was read before is not read again: files that several hand in, and those that did not change while somebody watches. An
 * inspection follows from the names of all files and from the texts that its module reaches; where all of these are the same, so is it.
 */
import type { Inspection, InspectionRequest } from './inspection.ts';

/** An inspection, and what it cost: whoever gets it again is charged the same, since otherwise it would matter who came first. */
interface Known {
  inspection: Inspection;
  cpuMs: number;
}

interface KnownInspections {
  find(request: InspectionRequest): Known | undefined;
  keep(request: InspectionRequest, known: Known): void;
}

interface Kept extends Known {
  names: string;
  texts: ReadonlyMap<string, string>;
  size: number;
}

/** Keeps those that were wanted last, up to so many characters of text and code. */
export function knownInspections(mostCharacters = 2 ** 20): KnownInspections {
  /** The one that was wanted last is the last. */
  const kept = new Set<Kept>();
  let size = 0;
  const drop = (one: Kept) => {
    kept.delete(one);
    size -= one.size;
  };
  return {
    find(request) {
      const names = namesIn(request);
      const now = new Map(request.files.map(({ path, text }) => [path, text]));
      for (const one of kept) {
        if (one.names !== names || ![...one.texts].every(([path, text]) => now.get(path) === text)) continue;
        kept.delete(one);
        kept.add(one);
        return one;
      }
      return undefined;
    },
    keep(request, { inspection, cpuMs }) {
      const reached = new Set([request.module, ...inspection.localImports]);
      const read = request.files.filter(({ path }) => reached.has(path));
      const made = inspection.modules.map(({ code, map }) => code.length + map.length);
      const characters = [...read.map(({ text }) => text.length), ...made].reduce((sum, length) => sum + length, 0);
      if (characters > mostCharacters) return;
      const texts = new Map(read.map(({ path, text }) => [path, text]));
      const one = { inspection, cpuMs, names: namesIn(request), texts, size: characters };
      kept.add(one);
      size += characters;
      for (const oldest of kept) {
        if (size <= mostCharacters) break;
        drop(oldest);
      }
    },
  };
}

/** Everything that was asked, the texts aside. */
const namesIn = ({ files, ...asked }: InspectionRequest): string =>
  JSON.stringify([asked, files.map(({ path, knownAs, handedInAs }) => [path, knownAs, handedInAs])]);
