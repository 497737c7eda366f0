/** Which formats `ci` writes, and where. */
import { classroom50 } from '../../reports/formats/classroom50.ts';
import { codeQuality } from '../../reports/formats/code-quality.ts';
import { coursera } from '../../reports/formats/coursera.ts';
import { ctrf } from '../../reports/formats/ctrf.ts';
import { gradescope } from '../../reports/formats/gradescope.ts';
import { junit } from '../../reports/formats/junit.ts';
import type { RunView } from '../../reports/formats/run-view.ts';
import { stepSummary } from '../../reports/formats/step-summary.ts';
import { tap } from '../../reports/formats/tap.ts';
import { discloseAll } from '../../reports/disclose.ts';
import { nearest } from '../assignment/did-you-mean.ts';
import { toJson } from '../gradebook/json.ts';
import { writeWhole } from '../gradebook/write-whole.ts';
import type { Results } from '../model/grade.ts';
import type { CiSystem } from './ci-system.ts';
import { handInOf } from './classroom50-hand-in.ts';
import { UserError } from './exit-codes.ts';
import { gradescopeVisibility } from './gradescope-visibility.ts';

const formats: Readonly<Record<string, (run: RunView, results: Results) => string>> = {
  junit,
  ctrf,
  tap,
  coursera,
  'code-quality': codeQuality,
  classroom50: (run) => classroom50(run, handInOf(process.env)),
  gradescope: (run) => gradescope(run, { visibility: gradescopeVisibility(process.env) }),
  markdown: (run) => stepSummary(run),
  json: (_, results) => toJson(discloseAll(results)),
};

/** What a system shows of a run that was ended, and is therefore written while it runs. */
export const unfinished: Readonly<Record<string, (run: RunView, soFar: { judged: number; of: number }) => string>> = {
  gradescope: (run, soFar) => gradescope(run, { visibility: gradescopeVisibility(process.env), soFar }),
};

export interface FileToWrite {
  format: string;
  file: string;
}

/** What is asked for, as `format=file`; nothing said, what the system shows. Throws where a format is not known. */
export function formatsToWrite(asked: readonly string[], system: CiSystem): FileToWrite[] {
  if (asked.length === 0 && system === 'gitlab') {
    return [
      { format: 'junit', file: 'gradmark-junit.xml' },
      { format: 'code-quality', file: 'gradmark-code-quality.json' },
    ];
  }
  return asked.map((text) => {
    const [, format = text, file] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
    if (formats[format] !== undefined && file !== undefined) return { format, file };
    const known = Object.keys(formats);
    const near = nearest(format, known);
    throw new UserError(
      formats[format] === undefined
        ? `--write ${text}: there is no format ${format}; there are ${known.join(', ')}.${near === undefined ? '' : ` Did you mean ${near}?`}`
        : `--write ${text} names no file: write it as ${format}=<file>.`,
    );
  });
}

/** Writes each file whole. */
export async function writeFormats(files: readonly FileToWrite[], run: RunView, results: Results): Promise<void> {
  for (const { format, file } of files) await writeWhole(file, formats[format]!(run, results));
}
