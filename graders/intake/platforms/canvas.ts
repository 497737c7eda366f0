/**
 * Canvas: `doejane_LATE_12345_67890_q3c.ts` is the name in small letters, whether it came late, the number of the person (of
 * a group's representative) and the number of the upload. Files handed in again are numbered: `q3c-1.ts`.
 */
import type { Owned } from './owned.ts';

const file = /^(([^_]+?)(_LATE)?_(\d{1,20}))_(\d{1,20})_(.+)$/su;
/** Without names there is a code of the person instead of a number. */
const anonymous = /^((anon)(_LATE)?_(?=[a-z0-9]*[a-z])([a-z0-9]{4,12}))_(\d{1,20})_(.+)$/isu;
/** What was typed into the page, or an address. */
const text = /^(([^_]+?)(_LATE)?_(\d{1,20}))_((?:text|link)\.html)$/su;

/** The name of a file or archive with what Canvas wrote in front of it. */
export function canvas(name: string): Owned | undefined {
  const [, prefix, label, late, person, upload, own] = anonymous.exec(name) ?? file.exec(name) ?? typed(name) ?? [];
  if (prefix === undefined) return undefined;
  return {
    origin: {
      platform: 'canvas',
      handedInAs: prefix,
      person: person!,
      ...(late !== undefined && { late: true }),
    },
    label: label!,
    distinct: person!,
    file: own!,
    upload: Number(upload),
  };
}

function typed(name: string): string[] | undefined {
  const [whole, prefix, label, late, person, own] = text.exec(name) ?? [];
  return whole === undefined ? undefined : ([whole, prefix, label, late, person, '0', own] as string[]);
}
