/** The package.json and tsconfig.json of a kit. */
import type { Assignment } from '../model/assignment.ts';

/**
 * Versions that are known to work with one another. `node` brings the Node that gradmark needs where an older one is installed;
 * npm puts it first on the path of every script.
 */
const tools = { '@types/node': '24.19.2', node: '24.21.0', typescript: '7.0.2', vitest: '4.1.12' };
const library = { '@tensorflow/tfjs': '4.22.0' };

/** Both only fetch a program for the machine at hand; npm would warn of every script that nobody has allowed. */
const allowScripts = { esbuild: true, node: true };

/** The kit's package.json: scripts that need no installation besides npm's. */
export function manifestOf({ slug, imports }: Pick<Assignment, 'slug' | 'imports'>, gradmark: string): string {
  const needsLibrary = imports.some((name) => name.startsWith('@tensorflow/'));
  return json({
    name: slug,
    private: true,
    type: 'module',
    scripts: {
      check: 'gradmark check',
      watch: 'gradmark check --watch',
      test: 'vitest run',
      types: 'tsc',
    },
    ...(needsLibrary && { dependencies: library }),
    devDependencies: { gradmark, ...tools },
    allowScripts,
  });
}

/** Of a kit for Python: what brings the grader, and the two commands. */
export const pythonManifestOf = ({ slug }: Pick<Assignment, 'slug'>, gradmark: string): string =>
  json({
    name: slug,
    private: true,
    scripts: { check: 'gradmark check', watch: 'gradmark check --watch' },
    devDependencies: { gradmark, node: tools.node },
    allowScripts,
  });

/** As strict as helps to find mistakes; stubs with unused parameters and missing types of plain numbers pass. */
export const tsconfig = json({
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024'],
    module: 'nodenext',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    allowJs: true,
    types: ['node'],
  },
  include: ['**/*.ts', '**/*.js'],
  exclude: ['node_modules', 'out'],
});

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
