/** What a student's own run of a few functions costs without a grader: what a notebook that is asked for them is compared with. */

/** Model solution, the tasks whose functions are run, and a script that runs them: some batches, and `done 2` at the end. */
export const bareScripts = {
  torch: {
    model: 'reference/python/torch/vectors-relu-fashion-backprop',
    only: 'P4b,P4c',
    script: `
import torch
from torch.utils.data import DataLoader, TensorDataset
from p4b import build_fashion_model
from p4c import train_fashion
data = TensorDataset(torch.rand(256, 28, 28), torch.randint(10, (256,)))
losses, _, _ = train_fashion(build_fashion_model(), DataLoader(data, 64, shuffle=True), DataLoader(data, 64), 2, 0.1)
print('done', len(losses))
`,
  },
  tensorflow: {
    model: 'reference/python/boston-init-mnist-grads',
    only: 'Q3a,Q3c,Q3d',
    script: `
import numpy as np
from q3a import build_mnist_model, prepare
from q3d import first16
rng = np.random.default_rng(1)
x, y = prepare(rng.integers(256, size=(64, 784)), rng.integers(10, size=64))
model = build_mnist_model()
model(x)
first16(model, x, y)
print('done', 2)
`,
  },
} as const;

/** As the grader's own processes have it: one thread each. */
export const steady = {
  OMP_NUM_THREADS: '1',
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  TF_CPP_MIN_LOG_LEVEL: '3',
};
