/** Under which name a platform takes each student's page back, so that it reaches that student and nobody else. */
import type { Grade } from '../../graders/model/grade.ts';
import { markOf } from './mark-of.ts';

interface Feedback {
  /** Path in the archive → id of the grade whose page lies there. */
  pages: Map<string, string>;
  /** One sentence for everybody who gets none, with the reason. */
  left: string[];
}

/** Moodle reads the participant's number after the first `_`, and what the file belongs to between the others. */
export const moodleFeedback = (grades: readonly Grade[]): Feedback =>
  gather(grades, ({ origin }) => {
    if (origin?.platform !== 'moodle' || !/^\d+$/.test(origin.person ?? '')) {
      return { why: 'has no number of a participant in Moodle' };
    }
    return { path: `${nameForMoodle(origin.name)}_${origin.person}_assignsubmission_file_/report.html` };
  });

/**
 * Canvas reads the numbers of person and upload from a name as it was downloaded. It shows the page under the name of that
 * upload; the ending tells it that it is a page.
 */
export function canvasFeedback(grades: readonly Grade[], downloaded: readonly string[]): Feedback {
  const uploads = downloaded.flatMap((name) => {
    const [, stem, person, upload] = /^([^_]+(?:_LATE)?_(\d+)_(\d+)_.+?)(?:\.[^.]*)?$/su.exec(name) ?? [];
    return stem === undefined ? [] : [{ stem, person: person!, upload: Number(upload) }];
  });
  return gather(grades, ({ origin }) => {
    if (origin?.platform !== 'canvas' || origin.person === undefined) return { why: 'has no number in Canvas' };
    const own = uploads.filter(({ person }) => person === origin.person).sort((a, b) => b.upload - a.upload);
    return own.length === 0 ? { why: 'has no file among those downloaded' } : { path: `${own[0]!.stem}.html` };
  });
}

function gather(grades: readonly Grade[], place: (grade: Grade) => { path: string } | { why: string }): Feedback {
  const feedback: Feedback = { pages: new Map(), left: [] };
  for (const grade of grades) {
    const called = grade.origin?.name ?? grade.id;
    const told = markOf(grade);
    const placed = place(grade);
    // A refused one says what to do next; what is not settled yet would have to be taken back.
    if ('blank' in told && grade.refused === undefined) feedback.left.push(`${called}: no page: ${told.blank}.`);
    else if ('why' in placed) feedback.left.push(`${called}: no page: ${placed.why}.`);
    else if (feedback.pages.has(placed.path)) feedback.left.push(`${called}: no page: another one has its place.`);
    else feedback.pages.set(placed.path, grade.id);
  }
  return feedback;
}

/** For people who look into the archive; Moodle goes by the number. */
function nameForMoodle(name = 'Participant'): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\p{Cc}\\/:*?"<>|_\s]+/gu, ' ')
    .replace(/^[\s.~]+|[\s.]+$/gu, '');
  return plain === '' ? 'Participant' : plain.slice(0, 80);
}
