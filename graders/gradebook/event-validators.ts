/**
 * What tells whether a stored event has the shape of its kind. The compiled program holds the code that ajv makes of the shapes,
 * without ajv (bin/compile-program.js).
 */
import { Ajv, type ValidateFunction } from 'ajv';
import type { Event } from './event.ts';

type Shape = Record<string, unknown>;
const text: Shape = { type: 'string' };
const number: Shape = { type: 'number' };
const flag: Shape = { type: 'boolean' };
const listOf = (items: Shape): Shape => ({ type: 'array', items });
const mapOf = (values: Shape): Shape => ({ type: 'object', additionalProperties: values });
const oneOf = (...values: string[]): Shape => ({ enum: values });
/** An object with these fields; those whose name ends in `?` may be absent, and others may be there. */
function shape(fields: Record<string, Shape>): Shape {
  const named = Object.entries(fields).map(([name, of]) => [name.replace('?', ''), of] as const);
  const required = Object.keys(fields).filter((name) => !name.endsWith('?'));
  return { type: 'object', required, properties: Object.fromEntries(named) };
}

const points: Shape = { type: ['number', 'null'] };
const feedback = oneOf('score', 'hint', 'full');
const backend = oneOf('wasm', 'cpu', 'node');
const verdict = shape({ id: text, title: text, task: text, outcome: text, points: number, max: number, ms: number });
const item = shape({ id: text, title: text, marks: number });
const ofStudent = { student: text };
const ofAnswer = { student: text, task: text };
const under = shape({ graderVersion: text, backend, level: text, full: flag, data: flag });
const ofTasks = listOf(shape({ id: text, title: text, marks: number }));
const assignment = shape({ slug: text, title: text, tasks: ofTasks });

const kinds: Record<Event['kind'], Record<string, Shape>> = {
  configured: {
    assignment,
    feedback,
    'late?': shape({ grace: text, counts: text, extensions: listOf(shape({ who: text, until: number })) }),
    defaults: shape({ backend, full: flag, 'data?': text }),
  },
  begun: { students: listOf(text), under },
  'handed-in': {
    ...ofStudent,
    sha256: text,
    files: mapOf(text),
    'origin?': shape({ platform: text, handedInAs: text }),
    'kept?': shape({ work: text, notes: listOf(text), 'language?': text }),
  },
  judged: {
    ...ofStudent,
    sha256: text,
    under,
    verdicts: listOf(verdict),
    covers: mapOf(listOf(text)),
    'keys?': mapOf(text),
    'drawings?': mapOf(listOf(shape({ kind: text }))),
    notes: listOf(text),
    'stdout?': text,
    'notebooks?': listOf(shape({ path: text, cells: listOf(shape({ cell: number, state: text })) })),
    'refused?': text,
    'took?': shape({ worker: text, ms: mapOf(number) }),
    'proposed?': flag,
    'assignment?': assignment,
  },
  marked: {
    ...ofAnswer,
    ...{ items: listOf(text), beside: number, points, 'comment?': text, 'note?': text, 'sha256?': text },
  },
  adjusted: { ...ofAnswer, points, 'sha256?': text },
  commented: { ...ofStudent, 'task?': text, text, reader: oneOf('student', 'staff') },
  held: ofStudent,
  released: ofStudent,
  'rubric-changed': { task: text, rubric: shape({ items: listOf(item), from: number, floor: number, cap: number }) },
  extended: { ...ofStudent, until: text },
  requested: { ...ofStudent, 'task?': text, text },
  answered: { ...ofStudent, request: number, text, upheld: flag },
  approved: { events: listOf(number) },
  withdrawn: { events: listOf(number) },
  published: { feedback, to: text, 'marks?': flag, shown: mapOf(text) },
  forgotten: {
    ...ofStudent,
    score: number,
    max: number,
    tasks: listOf(shape({ id: text, score: number, max: number })),
  },
};
const signed = {
  ...{ who: text, at: text, 'why?': text, 'round?': text, 'rubricVersion?': text },
  'grader?': shape({ version: text, hash: text }),
};

export const names = Object.keys(kinds);
export const ajv = new Ajv({ allowUnionTypes: true, code: { source: true, esm: true } });
for (const [name, fields] of Object.entries(kinds)) ajv.addSchema(shape({ ...signed, ...fields }), name);

/** Compiled when it is first asked for; undefined for a kind that is not known. */
export const validatorOf = (kind: string): ValidateFunction | undefined =>
  names.includes(kind) ? ajv.getSchema(kind) : undefined;
