/** Programs in PyTorch through the whole grader: right ones in several styles, and mistakes by their names. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isNight } from './nightly.testing.ts';
import { packageRoot } from './package-root.ts';
import { findPython, pythonAt } from './runtimes/python/find-python.ts';
import { withoutPython, withoutTorch } from './runtimes/python/python.testing.ts';
import type { Files, Program } from './tensor-programs.testing.ts';
import { changed, filesIn, gradedClass, gradePrograms, withChange } from './tensor-programs.testing.ts';

const slug = 'vectors-relu-fashion-backprop';
const solution = join(packageRoot, 'reference/python/torch', slug);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-torch-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** In the order in which they are not used, with functional activations, and pixels that the model lines up. */
const subclass = `
import torch.nn.functional as F
from torch import nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.out, self.third = nn.Linear(64, 10), nn.Linear(128, 64)
        self.first, self.second = nn.Linear(784, 256), nn.Linear(256, 128)

    def forward(self, x):
        x = F.relu(self.first(x.view(x.shape[0], -1)))
        x = self.third(self.second(x).relu()).clamp(min=0)
        return self.out(x)
`;
const logarithms = ({ 'p4b.py': model, 'p4c.py': training, 'p4f.py': samples, ...rest }: Files): Files => ({
  ...rest,
  'p4b.py': changed(model!, 'nn.Linear(64, 10),', 'nn.Linear(64, 10), nn.LogSoftmax(dim=1),'),
  'p4c.py': changed(training!, 'nn.CrossEntropyLoss()', 'nn.NLLLoss()'),
  'p4f.py': changed(samples!, 'torch.softmax(model(x), dim=1)[0]', 'model(x).exp()[0]'),
});
const day: Record<string, Program> = {
  'no-activation': {
    write: withChange('p4b.py', 'nn.Linear(256, 128),\n        nn.ReLU(),', 'nn.Linear(256, 128),'),
    fails: { 'p4b.activations': ['second-missing'] },
  },
};
const night: Record<string, Program> = {
  right: { write: (files) => files, fails: {} },
  'a-subclass': { write: (files) => ({ ...files, 'p4b.py': subclass }), fails: {} },
  'logarithms-of-probabilities': { write: logarithms, fails: {} },
  'gradients-add-up': {
    write: withChange('p4c.py', 'optimizer.zero_grad()', 'pass'),
    fails: { 'p4c.steps': ['not-zeroed'], 'p4c.learns': [] },
  },
  sums: {
    write: withChange('p4c.py', 'return sum(losses) / len(losses)\n', 'return sum(losses)\n'),
    fails: { 'p4c.trainLoss': ['train-sums'] },
  },
  'functional-dropout': {
    write: (files) => ({
      ...files,
      'p4b.py': subclass.replace('return self.out(x)', 'return self.out(F.dropout(x, training=self.training))'),
    }),
    fails: { 'p4b.architecture': [] },
  },
};
const programs = isNight ? { ...day, ...night } : day;
const tasks = ['P4b', ...(isNight ? ['P4a', 'P4c', 'P4e', 'P4f', 'P4g'] : [])];

test.skipIf(withoutTorch !== undefined)(
  'right programs earn every automatic mark, wrong ones lose theirs by name',
  async () => {
    // The picture of the bars is of no program here.
    await gradePrograms({ slug, folder, only: tasks, right: await filesIn(solution) }, programs, ['p4f.bars']);
  },
);

const bare = withoutPython === undefined ? pythonAt() : undefined;
const bareHasTorch = await findPython(['torch'], bare).then(
  () => true,
  () => false,
);
test.skipIf(bare === undefined || bareHasTorch)(
  'where there is no PyTorch, a program that imports it is refused in a sentence, and one that does not is graded',
  async () => {
    const handIn = async (student: string, name: string, text: string) => {
      await mkdir(join(folder, 'class', student), { recursive: true });
      await writeFile(join(folder, 'class', student, name), text);
    };
    await handIn('ann', 'p4b.py', 'from torch import nn\n');
    const cells = [{ cell_type: 'code', metadata: {}, outputs: [], source: ['x = 1\n', 'import torch\n'] }];
    await handIn('ben', 'p4.ipynb', JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
    await handIn('cleo', 'p1b.py', '# Written beside torch, without it.\nmine = "from torch"\n');
    const grades = new Map((await gradedClass(slug, folder, ['P1B'], bare)).map((grade) => [grade.id, grade]));
    for (const student of ['ann', 'ben'])
      expect(grades.get(student)!.refused).toMatch(/ has no torch\. Run "gradmark python setup --with torch"/);
    expect(grades.get('cleo')).not.toHaveProperty('refused');
  },
);
