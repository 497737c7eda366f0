/** Mutants of numerical code: the slips that general mutation engines do not know. */
import type { Node } from '@babel/types';
import { parse } from '@babel/parser';
import type { SourceFile } from '../model/submission.ts';
import type { Mutant } from './mutant.ts';
import { visitValues } from './visit-values.ts';

/** Operations that are taken for one another, as methods and as functions of tf, Math or the student's own. */
const exchanged: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    add: ['sub'],
    sub: ['add'],
    mul: ['div'],
    div: ['mul'],
    sum: ['mean', 'max'],
    mean: ['sum'],
    max: ['min'],
    min: ['max'],
    sigmoid: ['tanh'],
    tanh: ['sigmoid'],
    softmax: ['sigmoid'],
    exp: ['expm1'],
    log: ['log1p'],
    argMax: ['argMin'],
    matMul: ['mul'],
    dot: ['mul'],
    floor: ['ceil'],
    ceil: ['floor'],
    push: ['unshift'],
  }),
);

/** Steps that are forgotten: the chained call goes, what it was called on stays. */
const forgotten = new Set([
  'add',
  'sub',
  'mul',
  'div',
  'neg',
  'log',
  'exp',
  'square',
  'sqrt',
  'transpose',
  'sigmoid',
  'softmax',
  'relu',
  'tanh',
  'slice',
  'mean',
  'sum',
]);

/** All tensor mutants of a file. */
export function tensorMutants(file: SourceFile): Mutant[] {
  const tree = parse(file.text, { sourceType: 'module', plugins: ['typescript'] });
  const found: Mutant[] = [];
  const text = (node: Node) => file.text.slice(node.start!, node.end!);
  const add = (operator: string, node: Node, replacement: string) =>
    found.push({ path: file.path, operator, start: node.start!, end: node.end!, replacement });

  visitValues(tree.program, (node) => {
    switch (node.type) {
      case 'CallExpression': {
        const args = node.arguments.map(text);
        const callee = node.callee;
        if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && !callee.computed) {
          const { property, object } = callee;
          for (const other of exchanged.get(property.name) ?? []) add('other operation', property, other);
          const chained = object.type !== 'Identifier' || !['tf', 'Math'].includes(object.name);
          if (chained && forgotten.has(property.name)) add('step forgotten', node, text(object));
        }
        if (callee.type === 'Identifier') {
          for (const other of exchanged.get(callee.name) ?? []) add('other operation', callee, other);
        }
        if (args.length >= 1) add('argument forgotten', node, `${text(callee)}(${args.slice(0, -1).join(', ')})`);
        if (args.length === 2) add('arguments exchanged', node, `${text(callee)}(${args[1]}, ${args[0]})`);
        break;
      }
      case 'NumericLiteral':
        add('number plus one', node, String(node.value + 1));
        add('number minus one', node, node.value === 0 ? '-1' : String(node.value - 1));
        break;
      case 'ArrayExpression':
        if (node.elements.length === 2 && node.elements.every((element) => element !== null)) {
          add('elements exchanged', node, `[${text(node.elements[1]!)}, ${text(node.elements[0]!)}]`);
        }
        break;
      case 'UnaryExpression':
        if (node.operator === '-') add('sign forgotten', node, text(node.argument));
        break;
      case 'ExpressionStatement':
        add('statement forgotten', node, ';');
        break;
      case 'BinaryExpression':
        if (['-', '/'].includes(node.operator)) {
          add('operands exchanged', node, `${text(node.right)} ${node.operator} ${text(node.left)}`);
        }
        break;
      default:
    }
  });
  return found;
}
