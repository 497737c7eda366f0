/**
 * What tells whether a file that a teacher writes has the shape that its schema asks for, with every error at once. The compiled
 * program holds the code that ajv makes of the schemas, without ajv (bin/compile-program.js).
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';

export type Written = 'assignment' | 'contract' | 'course' | 'practice';
export const names: readonly Written[] = ['assignment', 'contract', 'course', 'practice'];
export const ajv = new Ajv({ allErrors: true, verbose: true, strict: true, code: { source: true, esm: true } });

/** Compiled when it is first asked for. */
export function validatorOf(name: Written): ValidateFunction {
  return ajv.getSchema(name) ?? ajv.addSchema(readSchema(`${name}.schema.json`), name).getSchema(name)!;
}

/** The schemas lie in the package's `assignments` folder, at another height above the source than above the build. */
function readSchema(schema: string): object {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const path = join(folder, 'assignments', schema);
    if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as object;
    if (folder === dirname(folder)) throw new Error(`assignments/${schema} is missing above ${import.meta.dirname}`);
  }
}
