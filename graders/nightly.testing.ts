/** What `npm run verify` tries in part, `npm run verify:nightly` tries in full: the same tests, over more seeds, ways or fixtures. */
export const isNight = process.env['GRADMARK_NIGHTLY'] === '1';

/** What is tried in part by day, for whoever reads that all is green. */
export const inPart = [
  'endings: of each coursework as many fixtures as fail every check, all but the first only where they lose marks',
  'model solutions: on every backend for one coursework, on one for the others',
  'words: what a program is told with every third of the known mistakes, general ones aside; what is written for each',
  'diagnoses: one level of rounding of three, and programs with two mistakes, 300 of 1000',
  'changes of a program to its own world: every third',
  'the sample class on the command line: five of twelve students; commands of people killed: one of each',
  'nonsense for answers: three kinds of it mixed, of all kinds each alone',
  'the largest answers that fit through the protocol: one form, the first checks of one coursework',
  'probes at one seed of forty; two of five recorded studies; random frames, attacks and killed graders: some of each kind',
  'the packed program: with one practice pack of five, linked and asked for one task, where npm installs it and all are graded',
  'Node 20, 22 and 24 alone, from an empty folder to the first check',
  'real data, where it is there: the first recorded epochs and seeds of each training',
];

/** All of the list at night; by day the first `few`. */
export const atNight = <T>(all: readonly T[], few: number): readonly T[] => (isNight ? all : all.slice(0, few));
