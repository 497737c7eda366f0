/** Names of Python's program files. */

/** What a notebook that answers several units is read as, whatever its name. */
export const wholeNotebook = 'notebook.ipynb';

/** The same of a program that stands for several units, with cell markers or without. */
export const wholeProgram = 'notebook.py';

/** The file in which a unit of the sheet is handed in: `q1_2.py` for `q1-2`, since a module's name has no hyphens. */
export const pythonModuleOf = (unit: string): string => `${unit.replaceAll('-', '_')}.py`;

/** The unit that would be handed in as this file; undefined of a file of another language. */
export const pythonUnitOf = (path: string): string | undefined =>
  path.endsWith('.py') ? path.slice(0, -'.py'.length).replaceAll('_', '-') : undefined;
