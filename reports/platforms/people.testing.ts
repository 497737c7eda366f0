/** A class for the tests of what goes back to platforms: five people, one of them held, one with marks to come. */
import type { Grade, Results } from '../../graders/model/grade.ts';
import type { Origin, Platform } from '../../graders/model/origin.ts';
import { results } from '../sample-results.testing.ts';

export function gradeOf(id: string, score: number, origin: Partial<Origin> = {}, more: Partial<Grade> = {}): Grade {
  return {
    ...{ id, sha256: '', score, max: 71, manualMax: 0, held: false, notes: [], tasks: [] },
    origin: { platform: 'moodle', handedInAs: id, ...origin },
    ...more,
  };
}

/** Who hands in on a platform that knows them by these numbers; Ann has 7.5, Bo 71, Noor is held, 小明 waits, Zed is refused. */
export function classOn(platform: Platform, persons: readonly string[]): Results {
  const [ann, bo, noor, ming, zed] = persons;
  const of = (person: string | undefined, name: string, email: string, number: string): Partial<Origin> => ({
    ...{ platform, name, email, number },
    ...(person !== undefined && { person }),
  });
  return {
    ...results([
      gradeOf('ann', 7.5, of(ann, "Ann O'Byrne", 'ann@uni.example', 's1')),
      gradeOf('bo', 71, of(bo, 'Bo, the "Quick"', 'bo@uni.example', 's2')),
      gradeOf('noor', 40, of(noor, 'Noor Haddad', 'noor@uni.example', 's3'), { held: true }),
      gradeOf('ming', 30, of(ming, '李小明', 'ming@uni.example', 's4'), { manualMax: 29 }),
      gradeOf('zed', 0, of(zed, 'Zed Alvarez', 'zed@uni.example', 's5'), { refused: 'No archive.' }),
    ]),
    assignment: 'neural-nets',
    title: 'Neural nets',
  };
}
