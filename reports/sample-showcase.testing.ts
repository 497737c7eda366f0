/** One submission that shows everything a student's page can show. */
import type { FormulaNode } from '../graders/model/formula.ts';
import type { Drawing } from '../graders/model/drawing.ts';
import type { Grade } from '../graders/model/grade.ts';
import type { NotebookRun } from '../graders/model/notebook.ts';
import { createRandom } from '../graders/numerics/random.ts';
import { gapOf, grade, task, verdict } from './sample-results.testing.ts';

/** One plot of each kind, curves of unequal length and a hostile title among them. */
const drawings: Drawing[] = [
  {
    kind: 'lines',
    title: 'plots/q1b.json · <script>mse</script>',
    xLabel: 'epoch',
    yLabel: 'mean squared error',
    series: [
      { name: 'train', every: 1, values: [500, 98, 40, 22] },
      { name: 'val', every: 2, values: [480, 44] },
    ],
  },
  { kind: 'bars', title: 'plots/q2b.json · layers · 1', edges: [-1, 0, 0.5, 1], heights: [0.2, 0.4, 1.2] },
  {
    kind: 'image',
    title: 'plots/2-1c.json · images · 1, label 7',
    rows: [
      [0, 16],
      [8, 3],
    ],
  },
];

/** A notebook with a cell of every kind, and with hostile headings, lines and outputs; `png` is a picture of 4 × 3 pixels. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAAAAACRn/EaAAAAFUlEQVR42mNgsKnYwiAXNe0SiPEBACILBaFGs5y+AAAAAElFTkSuQmCC';
const notebook: NotebookRun = {
  path: 'homework.ipynb',
  taken: [
    { name: 'make_pipeline', from: 'the variables train_dataset and val_dataset', told: [] },
    { name: 'train', from: 'the call model.fit(…) in cell 5', told: ['epochs 300', 'stops early, patience 30 <b>'] },
  ],
  cells: [
    {
      cell: 2,
      under: 'Set-up </section>',
      begins: '%matplotlib inline',
      state: 'in part',
      because: ['shell commands are not run'],
    },
    { cell: 3, under: 'Training', begins: 'def train(net):', state: 'run', because: [], drawings: [drawings[0]!] },
    {
      ...{ cell: 4, under: 'Training', begins: 'losses = fit(net) # <script>alert(1)</script>', state: 'not run' },
      because: ['it trains or tries out, which is not asked of it here'],
      claims: [
        { kind: 'text', text: 'loss 0.5\n<img src=x onerror=alert(1)>\u001b[31m\u202e' },
        { kind: 'picture', png, width: 4, height: 3 },
        { kind: 'named', what: 'a table or page (HTML)' },
      ],
    },
    {
      cell: 6,
      begins: 'x = [0',
      state: 'unreadable',
      because: ["it cannot be read as Python: line 1: '[' was never closed"],
    },
  ],
  more: 3,
};

/** What is summed over the batch, or averaged. */
function batchSum(name: 'sum' | 'mean'): FormulaNode {
  const entry = (base: string): FormulaNode => ({ type: 'name', base, indices: ['i', 'j'] });
  return { type: 'over', name, index: 'i', of: { type: 'operator', op: '-', left: entry('yhat'), right: entry('y') } };
}

/** One student with every outcome, and every field that a page can show. */
export function showcase(id = 's0042'): Grade {
  const random = createRandom(7, 'showcase');
  const b2 = gapOf('b2', 1, 12, random);
  b2.heat!.values = [0.2, 0, -0.01, 0.4, 1e-6, -0.9, 0.1, 0, 0, 0.02, 0.3, NaN];
  return grade(
    id,
    [
      task('q1a', 'Data pipeline', [
        verdict('q1a.split', 'makePipeline puts three quarters of the rows into training', 1, { margin: 2.4 }),
        verdict('q1a.scale', 'standardisation uses the statistics of the training rows only', 2, {
          notes: ['The standard deviation divides by n − 1; dividing by n is accepted as well.'],
        }),
        verdict('q1a.shuffle', 'two passes over the training set come in different orders', 2, {
          outcome: 'fail',
          points: 1,
          finding: {
            says: 'The rows are shuffled once, and then come in the same order in every pass.',
            asked: '404 rows, batch size 32, two passes',
            yours: 'pass 1: 17, 203, 88, 5, …\npass 2: 17, 203, 88, 5, …',
            expected: 'two different orders of the same 303 rows',
            hint: 'Let the dataset shuffle itself each time it is read, instead of shuffling the array once.',
          },
        }),
      ]),
      {
        ...task('q1b', 'Train the Boston model', [
          verdict('q1b.model', 'buildModel has 993 parameters in layers of 32, 16 and 1', 3),
          verdict('q1b.compile', 'the optimiser is SGD with Nesterov momentum 0.9', 3, {
            outcome: 'crash',
            because: "TypeError: Cannot read properties of undefined (reading 'momentum')\n    at train (q1b.ts:41:27)",
            finding: {
              says: "TypeError: Cannot read properties of undefined (reading 'momentum')",
              places: [
                {
                  path: 'q1b.ts',
                  line: 41,
                  column: 27,
                  excerpt: '  const optimizer = tf.train.momentum(options.lr, settings.optimiser.momentum, true);',
                },
              ],
            },
          }),
          verdict('q1b.fit', 'training stops 30 epochs after the best validation error', 4, {
            outcome: 'timeout',
            because:
              'No answer after 20 s. Training of 300 epochs on 303 rows takes about 6 s with the model solution.',
          }),
          verdict('q1b.curves', 'the curves hold one value per epoch', 3, {
            outcome: 'skipped',
            because:
              'Not run: it builds on "training stops 30 epochs after the best validation error", which did not pass.',
          }),
        ]),
        drawings,
      },
      task('q2a', 'Activations under normal weights', [
        verdict('q2a.small', 'layerActivations equals the closed form on a small network', 4, { margin: 1.31 }),
        verdict('q2a.full', 'the saturated share of each layer is what the theory says', 4, {
          outcome: 'memory',
          because:
            'More than 512 MB were asked for. Build the layers one after the other and dispose of what is no longer needed.',
        }),
        verdict('q2a.plot', 'the histogram of each layer is a density', 2, {
          outcome: 'missing',
          because: 'plots/q2b.json was not handed in.',
        }),
      ]),
      task('q3c', 'Gradients of the network by hand', [
        verdict('q3c.dW2', 'grads returns ∂L/∂W² of the mean loss', 5, {
          outcome: 'fail',
          margin: -3.97,
          finding: {
            says: 'W2 is not the gradient of the loss: 44% of its entries are wrong.',
            asked: '3 layers 13-7-5-4, batch of 5, weights four times larger than usual, random biases',
            gaps: [
              gapOf('W2', 12, 28, random),
              {
                ...b2,
                shape: [12],
                worst: { index: [11], yours: NaN, expected: -0 },
                distance: Infinity,
              },
            ],
            tolerance: 'largest error below 1e-4 of the largest expected entry (float32, 5 products summed)',
            hint: 'Write down the shape of every factor of the chain rule before you multiply.',
          },
          diagnosis: {
            mistakes: ['derivative-at-h'],
            certainty: 'certain',
            says: 'The derivative of the sigmoid is taken at the activation h, as σ′(h), where h(1 − h) or σ′(z) is needed.',
            evidence: [
              'With this mistake W2 would be −0.0412346 at [11, 2], exactly as yours is.',
              'The other 23 known mistakes are at least 40 times further from your answer.',
            ],
          },
        }),
        verdict('q3c.db2', 'grads returns ∂L/∂b² of the mean loss', 3, {
          outcome: 'fail',
          margin: -0.7,
          finding: {
            says: 'b2 is five times the gradient of the mean loss.',
            yours: '0.0938272',
            expected: '0.0187654',
            formulas: { yours: batchSum('sum'), expected: batchSum('mean') },
            hint: 'The loss is a mean over the batch.',
          },
          diagnosis: {
            mistakes: ['sum-not-mean'],
            certainty: 'family',
            says: 'The gradient is summed over the batch instead of averaged.',
            evidence: ['factor 5.00000, and the batch has 5 rows'],
          },
          followThrough: 'Judged with your own W2, so that its mistake costs you once.',
        }),
        verdict('q3c.policy', 'the gradients are made without automatic differentiation', 2, {
          outcome: 'refused',
          because: 'tf.grads differentiates for you, which this task rules out.',
          finding: {
            says: 'tf.grads differentiates for you, which this task rules out.',
            places: [
              {
                path: 'src/q3c.ts',
                line: 12,
                column: 17,
                excerpt: 'const [dW2, db2] = tf.grads((W, b) => loss(x, W, b))([W2, b2]);',
              },
            ],
          },
        }),
        verdict('q3c.held', 'the gradients agree with finite differences', 2, {
          outcome: 'broken',
          because: 'The grader failed.',
          staff: 'Error: oracle returned NaN at /srv/grader/oracle.ts:12',
        }),
      ]),
      task('q1c', 'Why standardise?', [
        verdict('q1c.essay', 'a person reads your explanation', 5, {
          outcome: 'manual',
          manual: {
            text: 'Without standardisation TAX (about 400) dominates NOX (about 0.55), so the loss surface is a long narrow valley.\n\nWith the same learning rate the weights of the large features overshoot, and in my run the loss was NaN after the first epoch.',
            rubric: [
              {
                id: 'scale',
                title: 'Features are on very different scales',
                marks: 2,
                concepts: ['scale', 'magnitude'],
              },
              {
                id: 'conditioning',
                title: 'The loss is badly conditioned, so one learning rate does not fit all',
                marks: 2,
                concepts: ['condition'],
              },
              { id: 'evidence', title: 'Evidence from own runs', marks: 1 },
            ],
            hits: ['scale', 'learning rate'],
          },
        }),
      ]),
    ],
    {
      late: 'Handed in 2 h 10 min after the deadline.',
      notes: ['q1b.ts was found in the folder src and taken from there.'],
      notebooks: [notebook],
      stdout: 'epoch 1 loss 500.87\nepoch 2 loss 98.12\n',
    },
  );
}
