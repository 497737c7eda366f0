/** What a roster adds to the results of a class. */
import type { Results } from '../model/grade.ts';
import type { Person } from '../model/origin.ts';

export type Whose = Pick<Results, 'absent' | 'unclear'>;

/** The results with who is absent: whoever handed in before, and is not graded now, is not. */
export function withWhose(results: Results, { absent, unclear }: Whose): Results {
  const there = results.submissions.flatMap(({ origin }) =>
    origin === undefined ? [] : [origin, ...(origin.members ?? [])],
  );
  const isThere = (person: Person) => there.some((other) => isSame(person, other));
  return {
    ...results,
    ...(absent !== undefined && { absent: absent.filter((person) => !isThere(person)) }),
    ...(unclear !== undefined && { unclear }),
  };
}

/** By the first of these that both have. */
function isSame(a: Person, b: Person): boolean {
  const field = (['number', 'email', 'person', 'username', 'name'] as const).find(
    (field) => a[field] !== undefined && b[field] !== undefined,
  );
  return field !== undefined && a[field] === b[field];
}
