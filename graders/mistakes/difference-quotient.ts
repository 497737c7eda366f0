/** The central difference quotient of a function of one number, and what is computed in its place. */
import type { Named } from '../key.ts';
import { mistakeMaker } from '../key.ts';

/** A quotient made of a curve near one point. */
export type Quotient = (curve: (x: number) => number, x: number, epsilon: number) => number;

export const central: Quotient = (f, x, e) => (f(x + e) - f(x - e)) / (2 * e);
export const halfEachSide: Quotient = (f, x, e) => (f(x + e / 2) - f(x - e / 2)) / e;

interface WrongQuotient extends Named {
  quotient: Quotient;
}

const wrong = mistakeMaker((quotient: Quotient) => ({ quotient }));

const toBothSides = (name: string) =>
  `Step to both sides: the error of a central difference falls with ε², that of a ${name} difference only with ε.`;

export const wrongQuotients: readonly WrongQuotient[] = [
  wrong('forward', 'forward difference', toBothSides('forward'), (f, x, e) => (f(x + e) - f(x)) / e),
  wrong('backward', 'backward difference', toBothSides('backward'), (f, x, e) => (f(x) - f(x - e)) / e),
  wrong(
    'factor-two',
    'divided by ε instead of 2ε',
    'The two points lie 2ε apart: divide by 2ε, or step by ε/2.',
    (f, x, e) => (f(x + e) - f(x - e)) / e,
  ),
  wrong(
    'half-too-much',
    'divided by 2ε, but the points lie ε apart',
    'Divide by the distance of the two points, which is ε here.',
    (f, x, e) => (f(x + e / 2) - f(x - e / 2)) / (2 * e),
  ),
  wrong(
    'sign',
    'the two points are exchanged',
    'Subtract f(x − ε) from f(x + ε).',
    (f, x, e) => (f(x - e) - f(x + e)) / (2 * e),
  ),
  wrong(
    'not-divided',
    'not divided by the step',
    'Divide the difference by the distance of the two points.',
    (f, x, e) => f(x + e) - f(x - e),
  ),
];

/** Steps of its own, which are those of no probe. */
export const ownStep = wrong(
  'own-step',
  'a small step of its own instead of ε',
  'Use the ε that the function is given.',
  (f, x) => central(f, x, 1e-5),
);
