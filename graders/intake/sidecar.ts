import type { SourceFile } from '../model/submission.ts';
import { parseCapped } from './answers.ts';

const mostBytes = 1_000_000;

/** The data behind a plot (plots/*.json); ProgramStopped('refused') says with line and column what is wrong with it. */
export const readSidecar = ({ path, text }: SourceFile): unknown => parseCapped(path, text, mostBytes);
