/** Loaders get the images of a batch in one go from the grader's data sets: the same that each image by itself would be. */
import { expect, test } from 'vitest';
import { isNight } from '../../nightly.testing.ts';
import { openSession } from '../../sandbox/session/session.ts';
import { besideLibrary, withoutTorch } from './python.testing.ts';

const program = `
import torch
from torchvision import datasets, transforms as T

class Turned(datasets.MNIST):
    def __getitem__(self, index):
        image, target = super().__getitem__(index)
        return image.flip(-1), target

usual = T.Compose([T.ToTensor(), T.Normalize((0.5,), (0.3,))])
ways = [None, T.ToTensor(), T.PILToTensor(), usual, T.Compose([T.ToTensor(), T.Lambda(lambda x: x.flatten())])]

def alike(one, other):
    pairs = list(zip(one, other, strict=True))
    return all(torch.equal(torch.as_tensor(a), torch.as_tensor(b)) and s == t and type(s) is type(t) for (a, s), (b, t) in pairs)

def compare():
    sets = [datasets.MNIST(train=False, transform=way) for way in ways]
    sets += [Turned(transform=usual), datasets.FashionMNIST(transform=usual, target_transform=float)]
    places = [3, 0, 5, 3]
    return [alike(every.__getitems__(places), [every[place] for place in places]) for every in sets]
`;

test.skipIf(!isNight || withoutTorch !== undefined)(
  'a batch of images is what its images are, whatever transforms them, and a class of one’s own is asked for each',
  { timeout: 300_000 },
  async () => {
    const packages = ['numpy', 'torch'];
    const session = await openSession({
      launch: await besideLibrary(packages),
      modules: [{ path: 'p.py', code: program }],
      imports: packages,
      contract: {
        names: {},
        provides: {
          torchvision: 'torchvision.py',
          'torchvision.datasets': 'torchvision_datasets.py',
          'torchvision.transforms': 'torchvision_transforms.py',
        },
      },
    });
    const { value } = await session.call({ module: 'p.py', name: 'compare' }, []);
    await session.close();
    expect(value).toMatchObject({ kind: 'array', data: Float64Array.from({ length: 7 }, () => 1) });
  },
);
