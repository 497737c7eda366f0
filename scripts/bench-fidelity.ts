/**
 * False accepts and false rejects of the rules in use today, and of ours, on the same mistakes and the same right programs,
 * at strong and weak points, in single and double precision. Prints one table.
 */
import type { Answer } from '../graders/question.ts';
import type { MlpCase } from '../graders/mistakes/mlp/backprop.ts';
import { mlpLibrary } from '../graders/mistakes/mlp/library.ts';
import { wholeNet } from '../graders/mistakes/mlp/views.ts';
import { answerDistance } from '../graders/numerics/identifiability.ts';
import type { Random } from '../graders/numerics/random.ts';
import { createRandom } from '../graders/numerics/random.ts';
import { float32 } from '../graders/numerics/tolerance.ts';
import { gradientsIn, styles } from './fidelity/correct.ts';
import type { Point } from './fidelity/points.ts';
import { drawPoint, lossAt, parametersOf, points, withParameters } from './fidelity/points.ts';
import type { Known, Submitted } from './fidelity/rules.ts';
import { rules } from './fidelity/rules.ts';

const seeds = 4;
const { program, mistakes } = mlpLibrary<MlpCase>({
  kind: { hidden: 'sigmoid', output: 'softmax-cce', layers: 3, outputs: 'many' },
  view: wholeNet(3),
  toCase: (net) => net,
});

type Precision = 'float64' | 'float32';
const rounding: Record<Precision, (x: number) => number> = { float64: (x) => x, float32: Math.fround };

const rounded = (answer: Answer, round: (x: number) => number): Answer =>
  Object.fromEntries(
    Object.entries(answer).map(([name, array]) => [name, { ...array, data: array.data.map((v) => round(v)) }]),
  );

/** What a rule may know at this point; numerical gradients are computed once per step. */
function knownAt(net: MlpCase, expected: Answer, round: (x: number) => number, random: Random): Known {
  const parameters = parametersOf(net);
  const shifted = (name: string, move: (data: Float64Array, t: number) => void, t: number) => {
    const data = parameters[name]!.data.slice();
    move(data, t);
    return lossAt(withParameters(net, { ...parameters, [name]: { ...parameters[name]!, data } }), round);
  };
  const numeric = new Map<number, Answer>();
  return {
    expected,
    random,
    numeric(step) {
      const known = numeric.get(step);
      if (known !== undefined) return known;
      const answer = Object.fromEntries(
        Object.entries(parameters).map(([name, array]) => [
          name,
          {
            ...array,
            data: array.data.map((_, i) => {
              const at = (t: number) => shifted(name, (data) => (data[i]! += t), t);
              return (at(step) - at(-step)) / (2 * step);
            }),
          },
        ]),
      );
      numeric.set(step, answer);
      return answer;
    },
    along(name, direction, step) {
      const at = (t: number) => shifted(name, (data) => data.forEach((_, i) => (data[i]! += t * direction[i]!)), t);
      return (at(step) - at(-step)) / (2 * step);
    },
  };
}

interface Counts {
  falseAccepts: number;
  wrong: number;
  falseRejects: number;
  right: number;
}

function measure(point: Point, precision: Precision): Map<string, Counts> {
  const round = rounding[precision];
  const counts = new Map(rules.map((rule) => [rule.name, { falseAccepts: 0, wrong: 0, falseRejects: 0, right: 0 }]));
  for (let seed = 1; seed <= seeds; seed++) {
    const random = createRandom(seed, `fidelity ${point.name}`);
    const net = drawPoint(point, random);
    const expected = program.run(net, program.right);
    const known = knownAt(net, expected, round, random.fork('rules'));
    const right: Submitted[] = styles.map((style) => ({
      given: gradientsIn(net, style, round, random.fork(style.name)),
      inDouble: gradientsIn(net, style, rounding.float64, random.fork(style.name)),
    }));
    const wrong: Submitted[] = mistakes
      .map((mistake) => mistake.compute(net))
      // At a weak point some mistakes change nothing at all: those are not wrong answers there.
      .filter((answer) => answerDistance(answer, expected, expected) > 1e-12)
      .map((answer) => ({ given: rounded(answer, round), inDouble: answer }));
    for (const rule of rules) {
      const count = counts.get(rule.name)!;
      count.right += right.length;
      count.wrong += wrong.length;
      count.falseRejects += right.filter((submitted) => !rule.accepts(submitted, known)).length;
      count.falseAccepts += wrong.filter((submitted) => rule.accepts(submitted, known)).length;
    }
  }
  return counts;
}

const columns = points.flatMap((point) =>
  (['float64', 'float32'] as const).map((precision) => ({
    title: `${point.name}, ${precision}`,
    counts: measure(point, precision),
  })),
);
const cell = ({ falseAccepts, wrong, falseRejects, right }: Counts) =>
  `${((100 * falseAccepts) / wrong).toFixed(1)} / ${((100 * falseRejects) / right).toFixed(1)}`;
const { wrong, right } = columns[0]!.counts.get('gradmark')!;
process.stdout.write(
  `Wrong answers accepted / right answers rejected, in %. ${mistakes.length} known mistakes and ${styles.length} right styles on ${seeds} seeds ` +
    `(${wrong} wrong, ${right} right at the strong point). Strong: weights N(0, 0.6²), biases N(0, 0.3²), batch 8. Weak: weights N(0, 0.001²), no biases, batch 256.\n\n`,
);
process.stdout.write(
  `| rule | ${columns.map(({ title }) => title).join(' | ')} | source |\n|---|${columns.map(() => '---|').join('')}---|\n`,
);
for (const rule of rules) {
  process.stdout.write(
    `| ${rule.name} | ${columns.map(({ counts }) => cell(counts.get(rule.name)!)).join(' | ')} | ${rule.source.replaceAll('|', '\\|')} |\n`,
  );
}
const nearest = points.map((point) => {
  const net = drawPoint(point, createRandom(1, `fidelity ${point.name}`));
  const expected = program.run(net, program.right);
  const distances = mistakes.map((mistake) => answerDistance(mistake.compute(net), expected, expected));
  const blind = distances.filter((distance) => distance < 10 * float32.reject).length;
  return `${point.name}: ${blind} of ${mistakes.length} mistakes lie within 10 times the rejecting band`;
});
process.stdout.write(
  `\nWhether a point may be used is certified before any student sees it. ${nearest.join('; ')}. The weak point would be refused.\n`,
);
