/** What modules read beside themselves: files that no compiler writes, by their paths below the root and below dist/ alike. */
export const assets = [
  'reports/templates',
  'reports/vendored',
  'reports/results.schema.json',
  'graders/runtimes/python/guest',
  'graders/runtimes/python/packages.lock.txt',
  'graders/runtimes/python/torch.lock.txt',
  'graders/runtimes/python/tensorflow.lock.txt',
  'graders/audit/mutate.py',
];

/** Of these, what running a program takes: the package for students has it, too. */
export const publicAssets = assets.filter((path) => path.startsWith('graders/runtimes/'));
