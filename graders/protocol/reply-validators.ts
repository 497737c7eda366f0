/**
 * The shape of every reply as JSON Schemas, and what tells whether one fits. The compiled program holds the code that ajv makes of
 * them, without ajv (bin/compile-program.js).
 */
import { Ajv, type ValidateFunction } from 'ajv';
import type { Op } from './messages.ts';
import { dimensionCap, layerWeightsCap, rankCap } from './wire.ts';

const text = (maxLength: number) => ({ type: 'string', maxLength });
const id = { type: 'integer', minimum: 0, maximum: 2 ** 31 };
const dimension = { ...id, maximum: dimensionCap };
const record = (properties: Record<string, unknown>, optional: string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  additionalProperties: false,
});
const list = (items: unknown, maxItems = 2 ** 20) => ({ type: 'array', items, maxItems });
const pair = (first: unknown, second: unknown) => ({ type: 'array', items: [first, second], minItems: 2, maxItems: 2 });
const wire = { $ref: 'wire' };
const array = { $ref: 'wire#/definitions/array' };
const dtype = { enum: ['float32', 'float64', 'int32', 'uint8', 'bool'] };

const wireSchema = {
  $id: 'wire',
  definitions: {
    array: record({
      t: { const: 'array' },
      container: { enum: ['tensor', 'variable', 'typed', 'nested', 'ndarray', 'scalar'] },
      dtype,
      shape: list(dimension, rankCap),
    }),
  },
  if: { type: 'object' },
  then: {
    type: 'object',
    required: ['t'],
    discriminator: { propertyName: 't' },
    oneOf: [
      record({ t: { const: 'undefined' } }),
      record({ t: { const: 'number' }, v: { enum: ['NaN', 'Infinity', '-Infinity', '-0'] } }),
      { $ref: '#/definitions/array' },
      record({ t: { const: 'list' }, items: list(wire) }),
      record(
        {
          ...{ t: { const: 'record' }, entries: list(pair(text(1000), wire)), className: text(200) },
          ...{ printed: { type: 'integer', minimum: 0, maximum: 100 }, held: { const: true } },
        },
        ['className', 'printed', 'held'],
      ),
      record({
        t: { const: 'handle' },
        id,
        type: { enum: ['function', 'object'] },
        className: text(200),
        keys: list(text(200), 200),
      }),
      record({ t: { const: 'opaque' }, what: text(200) }),
    ],
  },
  else: { type: ['null', 'boolean', 'number', 'string'] },
};

const shape = list({ anyOf: [dimension, { type: 'null' }] }, rankCap);
const layer = record(
  {
    kind: { enum: ['dense', 'noise', 'other'] },
    named: text(200),
    units: { type: 'number' },
    activation: text(200),
    trainable: { type: 'boolean' },
    restraints: list(text(200), 10),
    weights: list(array, layerWeightsCap),
  },
  ['units', 'activation'],
);
const optimizer = record(
  {
    rule: { enum: ['gradient-descent', 'other'] },
    learningRate: { type: 'number' },
    momentum: { type: 'number' },
    nesterov: { type: 'boolean' },
    spelled: text(4000),
  },
  ['learningRate', 'momentum', 'nesterov'],
);
const description = record(
  {
    layers: list(layer, 1000),
    inputShape: shape,
    outputShape: shape,
    parameters: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    optimizer,
    loss: text(1000),
  },
  ['optimizer', 'loss'],
);

const oneBased = { type: 'integer', minimum: 1, maximum: 2 ** 31 };
const at = { line: oneBased, column: oneBased, cell: oneBased };
const defined = {
  name: text(200),
  what: { enum: ['function', 'class'] },
  documented: { type: 'boolean' },
  used: { type: 'boolean' },
};
const state = { enum: ['run', 'in part', 'not run', 'unreadable'] };
const claim = {
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: [
    record({ kind: { const: 'text' }, text: text(2000) }),
    record({
      kind: { const: 'picture' },
      png: { type: 'string', maxLength: 50_000, pattern: '^[A-Za-z0-9+/]+={0,2}$' },
      ...{ width: { ...oneBased, maximum: 2000 }, height: { ...oneBased, maximum: 2000 } },
    }),
    record({ kind: { const: 'named' }, what: text(200) }),
  ],
};
const cell = record(
  {
    ...{ cell: oneBased, state, begins: text(200), why: text(400), binds: list(text(200), 50) },
    left: list({ enum: ['plots', 'prints', 'trains', 'unneeded'] }, 4),
    claims: list(claim, 10),
  },
  ['why', 'binds', 'left', 'claims'],
);

const drawable = { type: 'number', minimum: -1e100, maximum: 1e100 };
const numbers = (most: number) => list(drawable, most);
const series = record(
  { name: text(100), every: oneBased, values: numbers(240), at: numbers(240), dots: { const: true } },
  ['at', 'dots'],
);
const drawing = {
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: [
    record({
      ...{ kind: { const: 'lines' }, title: text(100), xLabel: text(100), yLabel: text(100) },
      series: { ...list(series, 6), minItems: 1 },
    }),
    record({ kind: { const: 'bars' }, title: text(100), edges: numbers(401), heights: numbers(400) }),
    record({ kind: { const: 'image' }, title: text(100), rows: list(numbers(64), 64) }),
  ],
};
const askedFor = list(text(200), 1000);
const facts = record(
  {
    path: text(1000),
    syntax: record({ message: text(400), line: oneBased, column: oneBased }),
    imports: list(record({ name: text(200), taken: list(text(200), 50), for: askedFor, ...at }, ['cell', 'for']), 200),
    names: list(record({ name: text(200), of: text(200), for: askedFor, ...at }, ['cell', 'for', 'of']), 200),
    defines: list(record({ ...defined, ...at }, ['cell']), 200),
    leftovers: list(record(at, ['cell']), 200),
    cells: list(cell, 2000),
    headings: list(record({ cell: oneBased, depth: oneBased, text: text(400) }), 200),
  },
  ['syntax', 'imports', 'names', 'defines', 'leftovers', 'cells', 'headings'],
);

const troubled = { $ref: 'trouble' };
const troubleSchema = {
  $id: 'trouble',
  ...record(
    {
      kind: { enum: ['threw', 'missing', 'refused', 'never', 'large', 'tampered', 'absent', 'ours'] },
      message: text(4000),
      name: text(200),
      part: id,
      loading: text(1000),
      place: record({ path: text(1000), line: id, column: id }),
    },
    ['name', 'part', 'loading', 'place'],
  ),
};

const value = record({ value: wire, argsAfter: list(wire, 1000), differentiated: text(100), takenFrom: text(200) }, [
  'argsAfter',
  'differentiated',
  'takenFrom',
]);
const nothing = record({});
const answers: Record<Op, unknown> = {
  boot: record({ node: text(40), cacheRejected: { type: 'boolean' } }),
  load: nothing,
  inspect: record({ files: list(facts, 1000) }),
  exports: record({ names: list(pair(text(1000), text(40)), 10_000) }),
  call: value,
  construct: value,
  make: record({ value: wire }),
  get: record({ values: list(wire) }),
  set: nothing,
  take: record({ items: list(wire) }),
  describe: record({ description }),
  seen: record(
    {
      raised: list(record({ path: text(1000), cell: oneBased, trouble: troubled }), 100),
      drawn: list(record({ path: text(1000), drawing }), 24),
      taken: list(
        record({
          path: text(1000),
          name: text(200),
          from: text(200),
          told: list(text(400), 12),
          cells: list(oneBased, 100),
        }),
        100,
      ),
    },
    ['taken'],
  ),
  seed: nothing,
  release: nothing,
};

const nonce = { type: 'string', pattern: '^[0-9a-f]{32}$' };
/** Nobody reads what is wrong with a reply, and what several have in common is one function: it is all read before a first reply is. */
export const ajv = new Ajv({
  messages: false,
  inlineRefs: false,
  discriminator: true,
  allowUnionTypes: true,
  strictTuples: false,
  code: { source: true, esm: true },
}).addSchema([wireSchema, troubleSchema]);
for (const [op, answer] of Object.entries(answers)) {
  ajv.addSchema({ type: 'object', oneOf: [record({ nonce, ok: answer }), record({ nonce, trouble: troubled })] }, op);
}
export const names = Object.keys(answers);

/** Ajv compiles a schema when it is first asked for, and keeps it: most runs need three or four of them. */
export const validatorOf = (op: Op): ValidateFunction => ajv.getSchema(op)!;
