/** Events as they are stored, read back: what another program, or a damaged disk, made of them is never believed. */
import { Ajv, type ValidateFunction } from 'ajv';
import type { Event, Recorded } from './event.ts';
import { fromJson } from './json.ts';

/** A gradebook that cannot be used as it is; staff can mend it. */
export class GradebookError extends Error {
  override readonly name = 'GradebookError';
}

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
    'refused?': text,
    'proposed?': flag,
    'assignment?': assignment,
  },
  marked: { ...ofAnswer, items: listOf(text), beside: number, points, 'comment?': text, 'note?': text },
  adjusted: { ...ofAnswer, points },
  commented: { ...ofStudent, 'task?': text, text, reader: oneOf('student', 'staff') },
  held: ofStudent,
  released: ofStudent,
  'rubric-changed': { task: text, rubric: shape({ items: listOf(item), from: number, floor: number, cap: number }) },
  extended: { ...ofStudent, until: text },
  requested: { ...ofStudent, 'task?': text, text },
  answered: { ...ofStudent, request: number, text, upheld: flag },
  approved: { events: listOf(number) },
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

let validators: Map<string, ValidateFunction> | undefined;
/** Compiled on first use: most commands read no gradebook. */
function validatorOf(kind: string): ValidateFunction | undefined {
  if (validators === undefined) {
    const ajv = new Ajv({ allowUnionTypes: true });
    validators = new Map(
      Object.entries(kinds).map(([name, fields]) => [name, ajv.compile(shape({ ...signed, ...fields }))]),
    );
  }
  return validators.get(kind);
}

/** One stored event. Throws GradebookError where it is none, with its place in `where`. */
export function readEvent(seq: number, kind: string, body: string, where: string): Recorded {
  const validate = validatorOf(kind);
  if (validate === undefined) {
    throw new GradebookError(
      `${where} holds an event that this gradmark does not know (${kind}): use the newer gradmark that wrote it.`,
    );
  }
  let event: unknown;
  try {
    event = fromJson(body);
  } catch {
    event = undefined;
  }
  if (!validate(event)) {
    const [wrong] = validate.errors ?? [];
    throw new GradebookError(
      `${where} is damaged: its event ${seq} (${kind}) is not as it was written` +
        `${wrong === undefined ? '' : ` (${wrong.instancePath} ${wrong.message})`}. Put back a copy of it from before.`,
    );
  }
  return { ...(event as Event), kind, seq } as Recorded;
}
