import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes long begins first, so that at the end no core waits for one file; the longest are among the shortest to read. */
const long = [
  'fixtures/endings/numpy',
  'fixtures/endings/vectors',
  'fixtures/endings/',
  'graders/checks/words',
  'graders/cli/cli.test',
  'graders/checks/real-',
  'scripts/package',
  'node/inspect/bounds',
  'graders/checks/probes',
  'graders/checks/fuzz',
];
const place = ({ moduleId }: TestSpecification): number => {
  const at = long.findIndex((part) => moduleId.includes(part));
  return at < 0 ? long.length : at;
};

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  // Model solutions hold links to the code that their sheet gives, which imports what lies beside the link.
  resolve: { preserveSymlinks: true },
  test: {
    include: ['{graders,reports,reference,assignments,fixtures,scripts}/**/*.test.ts'],
    // What a lecturer's checks may rely on: the types of the public entries; `npm run verify` asks for them with --typecheck.
    typecheck: { include: ['graders/**/*.test-d.ts'], tsconfig: 'tsconfig.entries.json' },
    // Only ends what hangs: on a busy machine everything takes many times as long, and nothing is judged by that.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Two workers: sandboxes are processes of their own, more workers only make them wait for each other.
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
  },
});
