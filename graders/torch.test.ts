/** Programs in PyTorch through the whole grader: a mistake by its name, the starter, and a machine without the library. */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isNight } from './nightly.testing.ts';
import { packageRoot } from './package-root.ts';
import { findPython, pythonAt } from './runtimes/python/find-python.ts';
import { withoutPython, withoutTorch } from './runtimes/python/python.testing.ts';
import type { Program } from './tensor-programs.testing.ts';
import { filesIn, gradedClass, gradePrograms, withChange } from './tensor-programs.testing.ts';

const slug = 'vectors-relu-fashion-backprop';
const solution = join(packageRoot, 'reference/python/torch', slug);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-torch-'));
});
afterEach(() => rm(folder, { recursive: true }));

const noActivation: Program = {
  write: withChange('p4b.py', 'nn.Linear(256, 128),\n        nn.ReLU(),', 'nn.Linear(256, 128),'),
  fails: { 'p4b.activations': ['second-missing'] },
};

const normalised: Program = {
  write: withChange('p4b.py', 'nn.Linear(64, 10),', 'nn.BatchNorm1d(64, affine=False),\n        nn.Linear(64, 10),'),
  fails: { 'p4b.architecture': [] },
};

/** A model with two parts that hold no weights: which of them the network calls, and when, is left open. */
const withParts = (forward: string): Program['write'] =>
  withChange(
    'p4b.py',
    'def build_fashion_model(',
    `class Parts(nn.Module):
    """The layers of a plain network, a dropout and a normalisation."""

    def __init__(self, body):
        super().__init__()
        self.body, self.drop, self.norm = body, nn.Dropout(0.3), nn.BatchNorm1d(10, affine=False)

    def forward(self, x):
        """What the parts that are called make of it."""
        x = self.body(x)
        ${forward}


def build_fashion_model(`,
  );
const wrapped =
  (forward: string): Program['write'] =>
  (files) => {
    const { 'p4b.py': text, ...others } = withParts(forward)(files);
    return {
      ...others,
      'p4b.py': text!.replace('return nn.Sequential(', 'return Parts(nn.Sequential(').replace(/\)\s*$/, '))\n'),
    };
  };
const idleParts: Program = { write: wrapped('return x'), fails: {} };
const calledParts: Program = { write: wrapped('return self.drop(x)'), fails: { 'p4b.architecture': [] } };
const calledInTraining: Program = {
  write: wrapped('return self.norm(x) if self.training else x'),
  fails: { 'p4b.architecture': [] },
};

test.skipIf(withoutTorch !== undefined)(
  'a dropout or a normalisation that the model holds and never calls costs nothing, one that only a training calls does',
  async () => {
    const right = await filesIn(solution);
    await gradePrograms({ slug, folder, only: ['P4b'], right }, { idleParts, calledParts, calledInTraining });
  },
);

test.skipIf(withoutTorch !== undefined)(
  'a mistake in the network costs its check, by its name, one without weights of its own as well; weights in a list of parameters are layers',
  async () => {
    const right = await filesIn(solution);
    const own = await filesIn(join(packageRoot, 'fixtures/python/torch', slug, 'correct-parameter-list'));
    const parameterList: Program = { write: (files) => ({ ...files, ...own }), fails: {} };
    await gradePrograms({ slug, folder, only: ['P4b'], right }, { noActivation, normalised, parameterList });
  },
);

/** A module whose name does not say that it draws noise while it is trained. */
const warmer = `class Warmer(nn.Module):
    """Something of its own."""

    def forward(self, x):
        """As it was, but for noise in training."""
        return x + 0.3 * torch.randn_like(x) if self.training else x


def build_fashion_model(`;
test.skipIf(!isNight || withoutTorch !== undefined)(
  'noise of a module’s own in training is seen, and costs the layers alone',
  { timeout: 3_600_000 },
  async () => {
    const right = await filesIn(solution);
    const between = 'nn.Linear(128, 64),\n        nn.ReLU(),';
    const write: Program['write'] = (files) =>
      [
        ['from torch import nn', 'import torch\nfrom torch import nn'],
        ['def build_fashion_model(', warmer],
        [between, `${between} Warmer(),`],
      ].reduce((all, [from, to]) => withChange('p4b.py', from!, to!)(all), files);
    await gradePrograms(
      { slug, folder, only: ['P4b'], right },
      { noise: { write, fails: { 'p4b.architecture': [] } } },
    );
  },
);

test.skipIf(!isNight || withoutTorch !== undefined)('the starter earns nothing', { timeout: 3_600_000 }, async () => {
  const starter = join(packageRoot, 'assignments', slug, 'starter-python');
  await cp(starter, join(folder, 'class', 'starter'), { recursive: true });
  const [grade] = await gradedClass(slug, folder, ['P4a', 'P4b', 'P4c', 'P4e', 'P4f', 'P4g']);
  expect(grade).toMatchObject({ score: 0, held: false });
});

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
