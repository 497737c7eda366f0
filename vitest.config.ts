import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{graders,reports,reference,assignments,fixtures,scripts}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two workers: sandboxes are processes of their own, more workers only make them wait for each other.
    maxWorkers: 2,
  },
});
