/** Grades as JSON. JSON has no NaN, ±Infinity or −0, the very values that a failing network returns, so they get names. */
import { lettingGo } from '../collect.ts';

const named = new Map<string, number>([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-0', -0],
]);

/** Where a grade holds measured numbers (`parent/field`); only there may a name stand for a number. */
const measured = new Set(['worst/yours', 'worst/expected', 'gaps/distance', 'gaps/tolerance', 'heat/values']);
const isMeasured = (parent: string, field: string) => field === 'margin' || measured.has(`${parent}/${field}`);

function encodeNumber(value: number): number | string {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  return Object.is(value, -0) ? '-0' : String(value);
}

type Visit = (leaf: unknown, parent: string, field: string) => unknown;

function walk(value: unknown, visit: Visit, parent = '', field = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => walk(item, visit, parent, field));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, visit, field, key)]));
  }
  return visit(value, parent, field);
}

/**
 * JSON text with stable formatting; non-finite numbers and −0 become their names. Half a character, as a student's message
 * may hold, becomes a whole one: other programs could read it, but not write it.
 */
export function toJson(value: unknown, indent = 2): string {
  const encoded = walk(value, (leaf) => {
    if (typeof leaf === 'number') return encodeNumber(leaf);
    return typeof leaf === 'string' ? leaf.toWellFormed() : leaf;
  });
  return `${JSON.stringify(encoded, null, indent)}\n`;
}

/**
 * The text that `toJson` gives, piece by piece: of a list in it one item after the other, so that of a large class no more is
 * held at once than one grade.
 */
export function* jsonPieces(value: object): Generator<string> {
  let before = '{\n  ';
  for (const [key, held] of Object.entries(value) as [string, unknown][]) {
    if (held === undefined) continue;
    yield `${before}${JSON.stringify(key)}: `;
    if (Array.isArray(held) && held.length > 0) yield* listPieces(held);
    else yield deeper(held, '  ');
    before = ',\n  ';
  }
  yield before.startsWith('{') ? '{}\n' : '\n}\n';
}

function* listPieces(items: readonly unknown[]): Generator<string> {
  for (const [i, item] of lettingGo(items.entries())) yield `${i === 0 ? '[' : ','}\n    ${deeper(item, '    ')}`;
  yield '\n  ]';
}

/** A text in JSON has no line ends but those between its parts. */
const deeper = (value: unknown, margin: string) => toJson(value).trimEnd().replaceAll('\n', `\n${margin}`);

/** The inverse of `toJson` for stored grades. Throws SyntaxError on text that is not JSON. */
export function fromJson(text: string): unknown {
  return walk(JSON.parse(text), (leaf, parent, field) =>
    typeof leaf === 'string' && named.has(leaf) && isMeasured(parent, field) ? named.get(leaf) : leaf,
  );
}
