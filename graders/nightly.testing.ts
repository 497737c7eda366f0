/** What `npm run verify` tries in part, `npm run verify:nightly` tries in full: the same tests, over more seeds, ways or fixtures. */
export const isNight = process.env['GRADMARK_NIGHTLY'] === '1';

/** What is tried in part by day, for whoever reads that all is green. */
export const inPart = [
  'endings: of each coursework as many fixtures as fail every check, some of them only where they lose marks',
  'model solutions: on every backend for one coursework, on one for the others',
  'words: of the known mistakes those that are no general ones',
  'probes, random frames, attacks and killed graders: some of each kind',
];

/** All of the list at night; by day the first `few`. */
export const atNight = <T>(all: readonly T[], few: number): readonly T[] => (isNight ? all : all.slice(0, few));
