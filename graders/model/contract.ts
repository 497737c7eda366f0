/**
 * How a coursework is handed in in another language than the one its checks are written for: what the sheet's things are called
 * there, and how arguments and answers are handed over. Data, so that the checks stay one.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import type { Contract } from 'gradmark/model/contract';
 *
 * const contract: Contract = {
 *   schema: 'gradmark/contract/v1',
 *   language: 'python',
 *   packages: ['numpy'],
 *   names: { loadDigits: { called: ['load_digits'], returns: ['images', 'targets'] } },
 * };
 * assert.deepEqual(contract.names['loadDigits']?.returns, ['images', 'targets']);
 * ```
 */

/** What a program is written in; without one it is TypeScript or JavaScript. */
export type OtherLanguage = 'python';

/** One argument of a function, in the sheet's order. */
export interface ArgumentContract {
  /** The parameter's name, and what else it may be called: found under any of them, it is handed over by keyword. */
  name?: string;
  also?: readonly string[];
  /** True where a program may do without it. */
  optional?: boolean;
  /**
   * What the numbers are in the program's language, where the checks' own have one kind of number only; `keywords` hands a record
   * over as keyword arguments, which `options` name.
   */
  as?: 'float' | 'numpy float' | 'integer' | 'list of integers' | 'array of integers' | 'list' | 'row' | 'keywords';
  /** The entries of a record, where they go over one by one: as keyword arguments, or as global variables. */
  options?: readonly ArgumentContract[];
  /**
   * True where a sheet keeps it in a global variable. A function without a parameter of its names finds it under them; of a
   * record each of the `options`. What the function leaves there is read back into the record.
   */
  global?: boolean;
  /** The class of the sheet's of which a parameter of these names gets an object, since the sheet hands none over. */
  makes?: string;
  /** In a script: the name under which a loader that the grader gives asks for it. Its variables are then called as they like. */
  loader?: string;
  /** In a script: the constant of the sheet in whose place it comes. */
  literal?: number | readonly number[];
  /** In a script: the constant by which it says how many rows the sheet's data has; as many as are handed over come in its place. */
  rows?: number;
  /** In a script: how many classes its labels have, all of which it may count on. */
  classes?: number;
  /** Of a list of pairs: its two sides, where a function has a parameter for each. */
  apart?: readonly ArgumentContract[];
  /** In a script: the given function that loads it, whatever variable it then stands in. */
  loadedBy?: string;
  /** In a script: entries of a record that loaders ask for, by the names under which they do. */
  tables?: Readonly<Record<string, string>>;
  /** In a script: how often a loop at its top level goes round. A function that does not take it is called as often. */
  repeats?: true;
}

export interface NameContract {
  /** What a program calls it, the name that a reader is told first; by default the sheet's name in snake case. */
  called?: readonly string[];
  /** What its name is like where a program calls it otherwise: an expression for names in small letters without underscores. */
  like?: string;
  takes?: readonly ArgumentContract[];
  /** What it is as an entry of a record that is handed over. */
  as?: ArgumentContract['as'];
  /**
   * What else does its work: a function that trains, where a method has a parameter of one of these names, or too few or many; and what
   * makes its mini-batches, in which inputs keep their targets meanwhile.
   */
  otherwise?: { call: string; unlike: readonly string[]; batches?: string };
  /** What a sheet has done before the first of several rounds: a call, with the entries of this argument. */
  before?: { call: string; of: string };
  /** Names of the parts where a tuple is returned. */
  returns?: readonly string[];
  /** How many of them there are at least, where the last ones may be left out. */
  least?: number;
  /** Of these the one that has the shape of an argument stands where it stands, whatever the order. */
  shapedAs?: Readonly<Record<string, string>>;
  /** That of the parts which may be a part of another one, and be absent. */
  within?: string;
  /** The same of each tuple in a list that is returned. */
  rows?: readonly string[];
  /** Names of the parts of each item, where what it returns (or each of its parts) is gone through item by item. */
  yields?: readonly string[];
  /** As an entry of a record that is handed over: the shape of its array, −1 for whatever is left. */
  shape?: readonly number[];
  /**
   * Names of a global variable that may stand in the place of the function: what it holds once its statements have run anew, with
   * the function's arguments in the place of a script's data. `values` are the parts of a record that are held so.
   */
  value?: readonly string[];
  values?: Readonly<Record<string, readonly string[]>>;
  /**
   * A call by which functions of a script show that they train: what they do is taken in the place of their calls. Where nothing
   * else `performs` what is asked, a loop that calls it does.
   */
  trainsBy?: string;
  /** By the same parts, or as `value`: what a variable or entry is called that holds it, where it has none of these names. */
  likeValues?: Readonly<Record<string, string>>;
  /**
   * What a script draws for a network of the sheet's sizes, known by its shapes where it has none of these names: its weights with
   * their biases, its input, the activations that follow from both, and the weights drawn by another normal or uniform law.
   */
  network?: 'weights' | 'input' | 'activations' | 'normal' | 'uniform';
  /** Of a value or a part, whatever it is called: the argument of a function's call (`performs`) as which it is handed over. */
  usedIn?: Readonly<Record<string, { call: string; argument: string }>>;
  /** Of a value or a part that is found in no other way: what it is in the script's own training. */
  roles?: Readonly<Record<string, 'model' | 'train' | 'val'>>;
  /** That models which are handed over have the form of the one that a script holds in the place of this other function. */
  modelsLike?: string;
  /** Parts that a script does not hold itself: an attribute of another part. */
  attributes?: Readonly<Record<string, readonly [part: string, attribute: string]>>;
  /** Names that a script binds with it: the variables are read where the last of these is made, since their names may come again. */
  asOf?: readonly string[];
  /** A call in a script that does what the function is asked for. */
  performs?: PerformedCall;
  /** What an object is called with before, where its method takes nothing but its last argument: the rest it remembers. */
  after?: { call: string; with: string };
  /** Parts that an object leaves in attributes where it returns one array: under their own names, or those of these weights in a dictionary of gradients. */
  keeps?: Readonly<Record<string, string>>;
  /** Another method of this class that does it where there is none, with one part of the object exchanged for one that changes nothing. */
  instead?: { call: string; of: string; without: string };
  /** Parameters that are set in any case where a function has them: whether something is printed. */
  always?: Readonly<Record<string, boolean>>;
  /** Another class of the sheet that makes it where it is handed this function, as a script may do in the place of a class of its own. */
  madeWith?: { class: string; with: string };
  /** Calls in a script that train and log, in the place of the function. */
  runs?: TrainingCalls;
  /** For a function that returns nothing and prints its results. */
  prints?: PrintedContract;
  /** That a script may draw a histogram instead: what the drawing library makes of the grader's values is the answer. */
  plotted?: 'histogram';
  /** A difference quotient of this function of the sheet, which a script may compute in a cell. */
  differenceOf?: string;
  /**
   * Of a class: the two whose ways back may be one. Where the softmax has none and the loss goes through both, the loss says so and the
   * softmax hands on.
   */
  joins?: { softmax: string; loss: string };
  /**
   * What a script makes of the data that a call `of` this name loads, for all examples, in the place of a function for one: a list of
   * pairs, or the vector of an image or row of a digit among them, known by its form.
   */
  formed?: { as: 'pairs' | 'vector' | 'row'; of: string };
  /** Set by the grader where it asks for all that a program plots, and how that is run. */
  draws?: Omit<PlotsContract, 'files'> & { kinds: readonly string[] };
}

/** Plots that a sheet asks for as files with the numbers behind them, where a notebook draws them. */
export interface PlotsContract {
  /** Most rounds of a training that is run for its plot. */
  rounds: number;
  /** Constants of the sheet in whose place smaller ones come meanwhile. */
  smaller?: readonly { from: number; to: number }[];
  /** By the path of the file that a plot stands for. */
  files: Readonly<Record<string, PlotContract>>;
}

/** How the plot that stands for a file is found, and what its numbers are in that file. Words are parts of small letters. */
export interface PlotContract {
  /**
   * `curves`: labels and series under the names of `series`; `named curves`: under their own. `histograms`: one for each layer.
   * `pictures`: images with labels. `samples`: bars of probabilities, with label and prediction in a title.
   */
  as: 'curves' | 'named curves' | 'histograms' | 'pictures' | 'samples';
  /** Words in labels, titles or the text of the cell that say that it is this plot, and those that say it is another. */
  about?: readonly string[];
  butNot?: readonly string[];
  /** Which of the groups of histograms it is where no word says so, from 1. */
  nth?: number;
  /** Several plots in one file, and the series of each, by their words. */
  parts?: Readonly<Record<string, readonly string[]>>;
  series?: Readonly<Record<string, readonly string[]>>;
  /** Sizes of a network, as it is run here and as the sheet has it. */
  sizes?: readonly (readonly number[])[];
  /** Rows and columns of a picture. */
  side?: number;
  /** Names of the classes, in their order. */
  classes?: readonly string[];
}

/** A call at the top level of a script in the place of a function of the sheet. */
interface PerformedCall {
  /** What is called: a function, or the last name of a method. */
  call: string;
  /** The argument of the sheet's function that the method belongs to. */
  on?: string;
  /** What the script hands over, by its place (`0`) or keyword: the names of the arguments that come in its stead. */
  places: Readonly<Record<string, string>>;
  /** Places and keywords that belong to data of another form, and are left out. */
  without?: readonly string[];
  /** Keywords that tell the call from others of its name. */
  shownBy?: readonly string[];
  /** A word in a text that it is handed, in small letters. */
  saying?: string;
  /**
   * `training`: what it gives has, or is, a history; what the script reports of it afterwards is read. `first`: of lists that it
   * gives the first item counts.
   */
  gives?: 'training' | 'first';
  /** Series of the history that show the best epoch, where no callback tells it. */
  monitors?: readonly string[];
  reports?: PrintedContract;
}

/** The first call of this name in a script, or those with certain numbers, with the grader's arguments by the names of parameters. */
interface TrainingCalls {
  call: string;
  /** Other functions of the sheet that get the grader's arguments where the script calls them. */
  through?: readonly string[];
  /** Numbers of the sheet that such a call, or the loop around it, has in it. */
  numbers?: readonly number[];
  /** The argument that has a number for every call, and what the parameter for one of them is called. */
  turns?: { of: string; names: readonly string[] };
}

/** Numbers in what a function prints: each by a regular expression of Python with one group. */
interface PrintedContract {
  numbers: Readonly<Record<string, string>>;
  /** What such a number and the printed one make 1 with, where it is not printed itself: an error in the place of an accuracy. */
  complements?: Readonly<Record<string, string>>;
  /** The last of them as one record (the default), a list of records, or a record of lists. */
  as?: 'record' | 'rows' | 'columns';
}

/** Where in a notebook a unit of the sheet stands, for names that several of its units define. */
interface UnitContract {
  /** Words of the heading under which it stands, any of them. What is defined at the end of that section counts. */
  headings?: readonly string[];
  /** Without such a heading: in which of the cells that define its names, counted from 1; by default the last. */
  nth?: number;
}

export interface Contract {
  schema: 'gradmark/contract/v1';
  language: OtherLanguage;
  /** Packages that are there while it is graded; whatever else a program imports is not. */
  packages: readonly string[];
  /** Tensor libraries that are there in tasks with a free policy for a program that imports them. */
  libraries?: readonly string[];
  /** Files that the grader provides beside the student's. */
  given?: readonly string[];
  /** Of these files those whose functions take longer than drawing a plot for the page may: what needs them is not drawn. */
  lengthy?: readonly string[];
  /** By the checks' own names; a method of a class as `MLP.backward`. */
  names: Readonly<Record<string, NameContract>>;
  /** Modules of packages in whose place a given file is imported, e.g. one that loads data: `sklearn.datasets`. */
  provides?: Readonly<Record<string, string>>;
  units?: Readonly<Record<string, UnitContract>>;
  plots?: PlotsContract;
  /** Words of the checks that a reader of this language is told otherwise, longest first. */
  words?: Readonly<Record<string, string>>;
}
