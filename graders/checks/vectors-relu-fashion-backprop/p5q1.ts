/** Problem 5, Question 1: initial weights. 3 marks. */
import type { Check } from '../../check.ts';
import { initialNet, judgeLaw, judgeShapes, judgeSpread } from '../../kinds/initial-net.ts';
import { sheetLastLayer } from './p5q1-sheet.ts';
import { inPlainNumbers } from './plain.ts';

const initial = initialNet({
  task: 'P5.Q1',
  unit: 'p5q1',
  name: 'initNet',
  sizes: [
    [784, 32, 32, 10],
    [5, 40, 7],
  ],
  layers: (random) => [
    { sizes: [5, 40], normals: Array.from({ length: 200 }, () => random.normal()) },
    { sizes: [40, 7], normals: Array.from({ length: 280 }, () => random.normal()) },
    // With the draws of the sheet, its last layer comes out.
    { sizes: [32, 10], normals: sheetLastLayer.map((w) => w * Math.sqrt(32)) },
  ],
});

export const checks: Check[] = [
  {
    id: 'p5q1.shapes',
    task: 'P5.Q1',
    title: 'weights are inputs × outputs, biases are 0',
    asks: 'initNet with [784, 32, 32, 10] and [5, 40, 7].',
    points: 1,
    run: (context) => inPlainNumbers(context, 'p5q1', () => judgeShapes(context, initial)),
  },
  {
    id: 'p5q1.spread',
    task: 'P5.Q1',
    title: 'The weights have the variance 1/max(inputs, outputs)',
    asks: 'initNet with draws that the grader knows; else the variances of four layers.',
    points: 1.5,
    problems: [initial.problem],
    run: (context) => inPlainNumbers(context, 'p5q1', () => judgeSpread(context, initial)),
  },
  {
    id: 'p5q1.law',
    task: 'P5.Q1',
    title: 'The weights are normally distributed around 0, every one drawn anew',
    asks: 'initNet with [784, 32, 32, 10], two seeds, and one of them again.',
    points: 0.5,
    run: (context) => inPlainNumbers(context, 'p5q1', () => judgeLaw(context, initial)),
  },
];
