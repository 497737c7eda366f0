import { defineConfig } from 'vitest/config';

/** Under mutation a module is tried by its own tests only; scripts/mutation.ts names them. */
export default defineConfig({
  test: {
    include: (process.env['GRADMARK_MUTATION_TESTS'] ?? '').split(' ').filter((path) => path !== ''),
    testTimeout: 60_000,
  },
});
