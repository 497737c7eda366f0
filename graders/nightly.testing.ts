/** What `npm run verify` tries in part, `npm run verify:nightly` tries in full: the same tests, over more seeds, ways or fixtures. */
export const isNight = process.env['GRADMARK_NIGHTLY'] === '1';

/** What is tried in part by day, for whoever reads that all is green. */
export const inPart = [
  'endings: of each coursework as many fixtures as fail every check, all but the first only where they lose marks; wrong trainings of one coursework; in Python a notebook of one',
  'model solutions: on two backends for one coursework, the second without training, on one for the others',
  'words: what a program is told with every thirty-second of the known mistakes, general ones aside; what is written for each',
  'diagnoses: one level of rounding of three, and programs with two mistakes, 300 of 1000',
  'changes of a program to its own world: every third',
  'the sample class on the command line: three of twelve students, none cut off; when a grade is taken from before: six ways of nine; commands of people killed: one of each',
  'programs in Python: one right and two wrong ones of each coursework, one that trains; the audit of one unit',
  'nonsense for answers: three kinds of it mixed for all but training, of all kinds each alone',
  'the largest answers that fit through the protocol: two tasks of three; one form, the first checks of one coursework',
  'probes at one seed of forty; two of five recorded studies; random frames, attacks and killed graders: some of each kind',
  'the packed program: with one practice pack of five, linked, half done work of one coursework; where npm installs it and staff grade with it',
  'the autograder of Gradescope in two of ten failures, and without what its archive brings; pages at one width of two',
  'machines of CI: that of GitHub; a coursework of one’s own is audited as it comes, not with three tasks more',
  'Node 20, 22 and 24 alone, from an empty folder to the first check',
  'PyTorch: one program with a mistake, and none of the fixtures beside it or TensorFlow; TensorFlow: twelve ways round its derivatives of fifty, as many harmless idioms',
  'notebooks that load, train and print in cells: one without a library; at night four in Keras and nine in PyTorch, and with mistakes',
  'workers on PostgreSQL: within one process; on two machines, and with hosts that are killed, paused and cut off, at night',
  'real data, where it is there: the first recorded epochs and seeds of each training, without that on Boston',
];

/** All of the list at night; by day the first `few`. */
export const atNight = <T>(all: readonly T[], few: number): readonly T[] => (isNight ? all : all.slice(0, few));
