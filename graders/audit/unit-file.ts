/** Which file of a program, in whatever language, answers a unit of the sheet. */
import { withoutProgramEnding } from '../runtimes/node/language/program-files.ts';
import { pythonModuleOf } from '../runtimes/python/language/unit-files.ts';

export const isUnitFile = (path: string, unit: string): boolean =>
  withoutProgramEnding(path) === unit || path === pythonModuleOf(unit);
