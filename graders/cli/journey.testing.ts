/**
 * A class of twelve on Moodle and a coursework of one program and one text, which cost little to grade: what the test of a teaching
 * assistant's whole way (journey.test.ts) starts from, and what is known of each without asking the grader.
 */
import { zipSync } from 'fflate';

/** What a program does with [2, 4, 6] and with [1, 2]. */
const programs = {
  right: 'export const mean = (xs: number[]) => xs.reduce((a, b) => a + b, 0) / xs.length;\n',
  rounds: 'export const mean = (xs: number[]) => Math.round(xs.reduce((a, b) => a + b, 0) / xs.length);\n',
  sums: 'export const mean = (xs: number[]) => xs.reduce((a, b) => a + b, 0);\n',
  throws: "export const mean = () => { throw new Error('not yet'); };\n",
};

/** The words for which the marker ticks the first and the second item of the rubric. */
const texts = {
  both: 'The sum is shared out equally, and so it is divided by the count.',
  sum: 'The sum is shared out equally.',
  count: 'One divides by the count.',
  neither: 'It is like that in the book.',
};

export interface Student {
  /** Of the participant, or of the group in `group`. */
  number: number;
  name: string;
  program?: keyof typeof programs;
  text?: keyof typeof texts;
  /** As Moodle writes it. */
  at: string;
  /** How long after 20 November, 23:59, in minutes; below 0 in time. */
  lateMinutes: number;
  /** Typed into the page and no file. */
  isTyped?: true;
  /** The numbers of the members. */
  group?: readonly number[];
  /** Everything in one archive. */
  isZipped?: true;
}

const friday = (clock: string) => `Friday, 20 November 2026, ${clock}`;
const inTime = { at: friday('6:00 PM'), lateMinutes: -359 };

/** Noor has an extension of two days, and hands in once more. */
export const students: readonly Student[] = [
  { number: 1201, name: 'Ada Lovelace', program: 'right', text: 'both', ...inTime },
  {
    ...{ number: 1202, name: 'José Ñandú', program: 'rounds', text: 'sum' },
    ...{ at: 'Sunday, 22 November 2026, 2:00 AM', lateMinutes: 26 * 60 + 1 },
  },
  {
    ...{ number: 1203, name: '李小明', program: 'right', text: 'count', isZipped: true },
    ...{ at: 'Saturday, 21 November 2026, 12:09 AM', lateMinutes: 10 },
  },
  {
    ...{ number: 1204, name: 'Noor Haddad', program: 'sums', text: 'both' },
    ...{ at: 'Sunday, 22 November 2026, 10:00 PM', lateMinutes: 46 * 60 + 1 },
  },
  { number: 88, name: 'Owls', program: 'right', text: 'both', group: [1301, 1302], ...inTime },
  { number: 1206, name: 'Bo Li', program: 'rounds', text: 'both', isTyped: true, ...inTime },
  {
    ...{ number: 1207, name: 'Eve Typed', text: 'sum', isTyped: true },
    ...{ at: 'Saturday, 21 November 2026, 8:00 AM', lateMinutes: 8 * 60 + 1 },
  },
  { number: 1208, name: "Seán O'Byrne", program: 'throws', text: 'neither', ...inTime },
  { number: 1209, name: 'Jo, the "Quick"', program: 'sums', text: 'count', ...inTime },
  { number: 1210, name: 'Ivy Lin', program: 'right', ...inTime },
  {
    ...{ number: 1211, name: 'Max Late', program: 'right', text: 'both' },
    ...{ at: 'Saturday, 28 November 2026, 9:00 AM', lateMinutes: 7 * 24 * 60 + 9 * 60 + 1 },
  },
  { number: 1212, name: '=2+3', program: 'rounds', text: 'neither', ...inTime },
];

/** What Noor hands in instead, still within her extension. */
export const again: Student = {
  ...{ number: 1204, name: 'Noor Haddad', program: 'right', text: 'both' },
  ...{ at: 'Sunday, 22 November 2026, 11:30 PM', lateMinutes: 47 * 60 + 31 },
};

/** What Moodle lets a teacher download. */
export function moodleZip(class_: readonly Student[]): Uint8Array {
  const files: Record<string, Uint8Array> = {};
  const encode = (text: string) => new TextEncoder().encode(text);
  for (const { number, name, program, text, isTyped, isZipped } of class_) {
    // Of a name Moodle takes into a path what every file system takes.
    const folder = (plugin: string) => `${name.replace(/[&<>"`|':\\/]/g, '')}_${number}_assignsubmission_${plugin}`;
    const own = {
      ...(program !== undefined && { 'mean.ts': encode(programs[program]) }),
      ...(text !== undefined && isTyped === undefined && { 'answers.md': encode(`# T2\n\n${texts[text]}\n`) }),
    };
    if (isZipped === true) files[`${folder('file')}/work.zip`] = zipSync(own);
    else for (const [path, data] of Object.entries(own)) files[`${folder('file')}/${path}`] = data;
    if (isTyped === true) files[`${folder('onlinetext')}/onlinetext.html`] = encode(`<p>${texts[text!]}</p>`);
  }
  return zipSync(files);
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** The worksheet that Moodle exports: everybody, and somebody who handed nothing in. `gradeOf` gives the cell. */
export function worksheet(class_: readonly Student[], gradeOf: (of: Student) => string = () => ''): string {
  const row = (number: number, name: string, status: string, grade: string, group: string, at: string) =>
    [
      ...[`Participant ${number}`, name, `p${number}@uni.example`, status, group, grade, '7.00', 'Yes', at, '-', ''],
    ].map((cell) => (cell === '' || cell === '-' ? cell : quoted(cell)));
  const of = (student: Student) => {
    const { number, name, group, at } = student;
    const grade = gradeOf(student);
    const handedIn = 'Submitted for grading - ';
    return group === undefined
      ? [row(number, name, handedIn, grade, '', at)]
      : group.map((member) => row(member, `Owl ${member}`, handedIn, grade, name, at));
  };
  const header =
    'Identifier,"Full name","Email address",Status,Group,Grade,"Maximum Grade","Grade can be changed",' +
    '"Last modified (submission)","Last modified (grade)","Feedback comments"';
  const rows = [...class_.flatMap(of), row(1299, 'Zed Absent', 'No submission - ', '', '', '-')];
  return `\ufeff${[header, ...rows.map((cells) => cells.join(','))].join('\r\n')}\r\n`;
}

export const course = {
  schema: 'gradmark/course/v1',
  ...{ title: 'Numbers', timeZone: 'Europe/Dublin', grace: '15 minutes' },
  penalty: { percent: 10, per: 'day', atMost: 50 },
  assignments: {
    'tiny-means': {
      ...{ due: '2026-11-20T23:59', lastAcceptance: '2026-11-27T23:59' },
      extensions: [{ who: 'p1204@uni.example', until: '2026-11-22T23:59', why: 'ill' }],
    },
  },
};

export const assignment = {
  schema: 'gradmark/assignment/v1',
  ...{ slug: 'tiny-means', title: 'Means', summary: 'A program and a text.', imports: [] },
  limits: { callMs: 2000, submissionMs: 20_000, memoryMb: 500 },
  tasks: [
    {
      id: 'T1',
      title: 'The mean',
      marks: 4,
      kinds: ['code'],
      unit: 'mean',
      exports: ['mean'],
      policy: 'plain-numbers',
    },
    {
      ...{ id: 'T2', title: 'Why', marks: 3, kinds: ['essay'] },
      manual: {
        heading: 'T2',
        rubric: [
          { id: 'sum', title: 'Says what is shared out', marks: 2 },
          { id: 'count', title: 'Says by what', marks: 1 },
        ],
      },
    },
  ],
};

/** The checks, of which the second takes this for the mean of 1 and 2: at first its author has made a slip. */
export const checks = (half: number) => `
import { fail, pass } from 'gradmark/check';
import { manualCheck } from 'gradmark/manual';
const mean = (id, numbers, right) => ({
  ...{ id, task: 'T1', title: 'The mean of ' + numbers.join(' and '), asks: 'mean.', points: 2 },
  run: async (context) => {
    const { value } = await (await context.guest()).call({ module: 'mean', name: 'mean' }, [
      { kind: 'list', items: numbers },
    ]);
    return value === right ? pass() : fail({ says: 'The mean is another one.' });
  },
});
export const checks = [
  mean('t1.whole', [2, 4, 6], 4),
  mean('t1.half', [1, 2], ${half}),
  manualCheck({ id: 't2.words', task: 'T2', title: 'Why', points: 3 }),
];
`;
