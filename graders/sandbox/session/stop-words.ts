/** The guest's trouble in the words of the grade, with places in the student's own source. */
import { SourceMap, type SourceMapPayload } from 'node:module';
import type { SourcePlace } from '../../model/submission.ts';
import type { Trouble } from '../../protocol/messages.ts';
import { LibraryIncomplete, ProgramStopped } from '../../stopped.ts';
import type { OutOfMemory } from '../contain/runtime-process.ts';

export interface StudentModule {
  /** As the student named it, e.g. `q3c.ts`. */
  path: string;
  /** What the guest runs: CommonJS for Node. */
  code: string;
  /** Source map of `code`, as JSON text; without it, lines are those of `code`. */
  map?: string;
}

/** Turns trouble into what the session rejects with: ProgramStopped; LibraryIncomplete; or a plain Error when the guest itself failed. */
export function explain(trouble: Trouble, doing: string, placeOf: PlaceOf, outOfMemory?: OutOfMemory): Error {
  const place = trouble.place && placeOf(trouble.place);
  const at = place ? ` at ${place.path}:${place.line}` : '';
  switch (trouble.kind) {
    case 'ours':
      return new Error(`Inside the sandbox, ${doing}: ${trouble.message}`);
    case 'absent':
      return new LibraryIncomplete(trouble.message, trouble.loading === undefined);
    case 'missing':
      return new ProgramStopped('missing', trouble.message);
    case 'refused':
      return new ProgramStopped('refused', `${doing} ${trouble.message}`, place);
    case 'never':
      return new ProgramStopped('crash', `${doing} ${trouble.message}`);
    case 'large':
      return new ProgramStopped('crash', `${doing} returned ${trouble.message}`);
    case 'tampered':
      return new ProgramStopped('crash', `the program ${trouble.message}, on which everything else stands`);
    case 'threw': {
      const thrown = wordsOf(trouble);
      const kind = outOfMemory?.thrown.test(thrown) ? 'memory' : 'crash';
      const says = trouble.loading
        ? `${trouble.loading} threw ${thrown} while it was loaded`
        : `${doing} threw ${thrown}`;
      return new ProgramStopped(kind, says + at, place);
    }
  }
}

/** What is told when the program left nothing behind with which its arguments could be made. */
export const spoiled = (doing: string, detail: string): string =>
  `${doing} cannot be called: the program changed the tensor library or its state, and no arguments can be made with it (${detail})`;

/**
 * What is told of trouble of the guest's own where it makes nothing: all else that it does with a program it does so that what fails is
 * the program's, so that only who speaks in its place can say this.
 */
export const outspoken = (doing: string, detail: string): string =>
  `${doing} has no answer: in the place of the grader's part of the process, which has no trouble of its own there, somebody said "${detail}"`;

function wordsOf({ name, message }: Trouble): string {
  if (name === undefined) return message;
  return message === '' ? name : `${name}: ${message}`;
}

/** The place in the student's source for one in the text that ran; undefined when it lies in no module of theirs. */
type PlaceOf = (place: NonNullable<Trouble['place']>) => SourcePlace | undefined;

/** Places in these modules. Each map is read once: that of a long file costs a tenth of a second, and a program may stop at every call. */
export function placesIn(modules: readonly StudentModule[]): PlaceOf {
  const maps = new Map<string, SourceMap>();
  const mapOf = (path: string, text: string): SourceMap => {
    const map = maps.get(path) ?? new SourceMap(JSON.parse(text) as SourceMapPayload);
    maps.set(path, map);
    return map;
  };
  return (place) => {
    // Of a notebook each cell is a text of its own.
    const module = modules.find(({ path }) => path === place.path || place.path.startsWith(`${path} cell `));
    if (module === undefined) return undefined;
    if (module.map === undefined) return place;
    const entry = mapOf(place.path, module.map).findEntry(place.line - 1, place.column - 1);
    if (!('originalLine' in entry)) return { path: place.path, line: 1, column: 1 };
    return { path: place.path, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  };
}
