/** Whether anybody ever asks the code that a mutant changes: where nobody does, equal answers say nothing about it. */
import type { Node } from '@babel/types';
import { parse } from '@babel/parser';
import type { SourceFile } from '../model/submission.ts';
import type { Mutant } from './mutant.ts';
import { visitValues } from './visit-values.ts';

/** The file as it is, but for an exception thrown when the place of the mutant is reached. */
export function throwingAt(file: SourceFile, { start, end }: Pick<Mutant, 'start' | 'end'>): SourceFile {
  const holds = (node: Node) => node.start! <= start && end <= node.end!;
  let place = { from: 0, to: 0, text: stop };
  // The walk goes from outside in, so that the innermost statement or function body stays.
  visitValues(parse(file.text, { sourceType: 'module', plugins: ['typescript'] }).program, (node) => {
    if (node.type === 'BlockStatement' && holds(node)) {
      const inner = node.body.find(holds) ?? node.body[0];
      if (inner !== undefined) place = { from: inner.start!, to: inner.start!, text: stop };
    }
    if (node.type === 'ArrowFunctionExpression' && node.body.type !== 'BlockStatement' && holds(node.body)) {
      place = { from: node.body.start!, to: node.body.end!, text: `(() => { ${stop} })()` };
    }
  });
  return { ...file, text: file.text.slice(0, place.from) + place.text + file.text.slice(place.to) };
}

const stop = `throw new Error('reached');`;
