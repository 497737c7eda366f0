import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: ['.cache/', 'dist/', 'out/', 'fixtures/*/*/', 'node_modules/', 'reports/vendored/', 'reports/templates/'],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Name what you export: no default exports.' },
      ],
      eqeqeq: 'error',
    },
  },
  {
    // Stubs import the library as a value: that is how the student will use it.
    files: ['assignments/*/starter/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    // The bin, config files and plain-JavaScript guest prelude run before any build and may use a default export or globals.
    files: ['*.config.js', '*.config.ts', 'bin/*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // The scripts of the pages: page.js stands before each of the others in one script, and shares its names with them.
    files: ['reports/templates/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: { document: 'readonly', localStorage: 'readonly', location: 'readonly', navigator: 'readonly' },
    },
  },
  {
    files: ['reports/templates/page.js'],
    rules: { '@typescript-eslint/no-unused-vars': 'off' },
  },
  {
    files: ['reports/templates/student.js', 'reports/templates/class.js'],
    languageOptions: { globals: { all: 'readonly', kept: 'readonly', getSelection: 'readonly' } },
  },
);
