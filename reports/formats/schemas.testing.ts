/** The documents of systems that publish no schema, transcribed from what they document; fields beyond are mistakes. */
import { Ajv } from 'ajv';

const text = { type: 'string' } as const;
const visibility = { enum: ['hidden', 'after_due_date', 'after_published', 'visible'] } as const;
const format = { enum: ['text', 'html', 'simple_format', 'md', 'ansi'] } as const;

/** Gradescope's autograder specification: the whole needs a score, or every test one. */
const gradescope = {
  type: 'object',
  required: ['score'],
  additionalProperties: false,
  properties: {
    score: { type: 'number' },
    execution_time: { type: 'number', minimum: 0 },
    output: text,
    output_format: format,
    test_output_format: format,
    test_name_format: format,
    visibility,
    stdout_visibility: visibility,
    extra_data: { type: 'object' },
    tests: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        properties: {
          score: { type: 'number' },
          max_score: { type: 'number' },
          status: { enum: ['passed', 'failed'] },
          name: text,
          name_format: format,
          number: text,
          output: { type: 'string', pattern: '^[^\\r]*$' },
          output_format: format,
          tags: { type: 'array', items: text },
          visibility,
          extra_data: { type: 'object' },
        },
      },
    },
  },
};

const whole = { type: 'integer', minimum: 0 } as const;
const handIn = ['classroom', 'assignment', 'assignment_type', 'owner', 'submission', 'commit', 'release', 'review'];

/** Classroom 50's contract; further keys of a test are kept as they are. */
const classroom50 = {
  type: 'object',
  required: ['schema', ...handIn, 'datetime', 'score', 'max-score', 'tests'],
  additionalProperties: false,
  properties: {
    schema: { const: 'classroom50/result/v1' },
    ...Object.fromEntries([...handIn, 'datetime', 'graded_at'].map((name) => [name, text])),
    score: whole,
    'max-score': whole,
    tests: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        required: ['test-name', 'passed', 'score', 'max-score'],
        properties: {
          'test-name': text,
          passed: { type: 'boolean' },
          score: whole,
          'max-score': whole,
          output: { type: 'string', maxLength: 2000 },
        },
      },
    },
  },
};

const coursera = {
  type: 'object',
  required: ['fractionalScore', 'feedback'],
  additionalProperties: false,
  properties: { fractionalScore: { type: 'number', minimum: 0, maximum: 1 }, feedback: text },
};

/** GitLab's subset of the Code Climate specification. */
const codeQuality = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: text,
      check_name: text,
      fingerprint: { type: 'string', pattern: '^[0-9a-f]{64}$' },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', pattern: '^(?!\\.?/)' },
          lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } },
        },
      },
    },
  },
};

const schemas = { gradescope, classroom50, coursera, codeQuality };

/** What is wrong with a document, in ajv's words; nothing where all is right. */
export function problemsOf(schema: keyof typeof schemas, document: string): string[] {
  const ajv = new Ajv({ allErrors: true, strict: true });
  ajv.validate(schemas[schema], JSON.parse(document));
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
