import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Model solutions hold links to the code that their sheet gives, which imports what lies beside the link.
  resolve: { preserveSymlinks: true },
  test: {
    include: ['{graders,reports,reference,assignments,fixtures,scripts}/**/*.test.ts'],
    // What a lecturer's checks may rely on: the types of the public entries.
    typecheck: { enabled: true, include: ['graders/**/*.test-d.ts'], tsconfig: 'tsconfig.entries.json' },
    // Only ends what hangs: on a busy machine everything takes many times as long, and nothing is judged by that.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Two workers: sandboxes are processes of their own, more workers only make them wait for each other.
    maxWorkers: 2,
  },
});
