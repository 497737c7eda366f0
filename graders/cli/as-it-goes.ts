/** Files that are written while the grader runs, for systems that show them though it was ended. */
import type { RunView } from '../../reports/formats/run-view.ts';
import type { BatchEvent } from '../batch/options.ts';
import { writeWhole } from '../gradebook/write-whole.ts';
import type { Results } from '../model/grade.ts';
import { unfinished, type FileToWrite } from './ci-files.ts';

/**
 * Writes after each verdict what is found so far, in the formats that are shown of a run that was ended. Verdicts that come
 * while one is written wait, and the newest of them is written then.
 */
export function writtenAsItGoes(files: readonly FileToWrite[], viewOf: (results: Results) => RunView) {
  const shown = files.filter(({ format }) => unfinished[format] !== undefined);
  let newest: Extract<BatchEvent, { kind: 'verdict' }> | undefined;
  let writing: Promise<void> | undefined;
  const write = async () => {
    for (let event = newest; event !== undefined; event = newest) {
      newest = undefined;
      const { judged, of, soFar } = event;
      const run = viewOf(soFar());
      for (const { format, file } of shown) await writeWhole(file, unfinished[format]!(run, { judged, of }));
    }
  };
  return {
    onEvent(event: BatchEvent): void {
      if (event.kind !== 'verdict' || shown.length === 0) return;
      newest = event;
      // Where nothing can be written, the file of the end says so.
      writing ??= write()
        .catch(() => undefined)
        .finally(() => (writing = undefined));
    },
    /** Nothing is written any more once this has resolved. */
    async done(): Promise<void> {
      newest = undefined;
      await writing;
    },
  };
}
