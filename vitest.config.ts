import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes long begins first, so that at the end no core waits for one file; the longest are among the shortest to read. */
const long = [
  'scripts/pack.',
  'graders/checks/real-',
  'graders/cli/cli.test',
  'fixtures/endings/vectors',
  'fixtures/endings/',
  'reports/browser',
  'graders/cli/package',
  'graders/cli/compiled',
  'graders/grade.test',
  'fixtures/attacks',
  'graders/checks/words',
  'node/inspect/bounds',
  'graders/checks/fuzz',
];
/** Tests that share workers follow each other at the end: a worker is kept for the next file only if that may share it, too. */
const place = ({ moduleId, project }: TestSpecification): number => {
  const at = long.findIndex((part) => moduleId.includes(part));
  return (project.name === sharing.name ? long.length + 1 : 0) + (at < 0 ? long.length : at);
};

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

/**
 * Rooms whose tests compute, read and write in folders of their own, or start processes, and change nothing of their own one: they
 * share workers, and with them every module that has been loaded, which saves a quarter of their time.
 */
const sharing = {
  name: 'sharing',
  include: [
    'graders/{numerics,formula,mistakes,kinds,protocol,intake,course,gradebook}/**/*.test.ts',
    'graders/{checks,sandbox,runtimes,audit,batch,data,marking,packing,similarity}/**/*.test.ts',
    'fixtures/endings/**/*.test.ts',
    'graders/{architecture,drawings,evaluate,follow-through,manual,probes,runner,settle,two-sided,values}.test.ts',
    'graders/{attempts,check-keys,grade,judging-time,merging,one-policy,python,same-twice}.test.ts',
    'reference/**/*.test.ts',
    // Commands in the process of the tests, of which each finds the process as it was.
    'graders/cli/{adjust,course,forget,hold,marking-page,marks,publish,requests,secrecy}.test.ts',
    // All but what opens a browser.
    'reports/**/!(*browser).test.ts',
  ],
};

export default defineConfig({
  test: {
    // Node itself loads modules and strips their types, as when the program runs from its sources: nothing is transformed or mocked.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // Model solutions hold links to the code that their sheet gives, which imports what lies beside the link.
    execArgv: ['--preserve-symlinks'],
    // Only ends what hangs: on a busy machine everything takes many times as long, and nothing is judged by that.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // One more than cores: what runs in sandboxes waits for a process to start or a limit to pass, and a third file uses that time.
    maxWorkers: 3,
    sequence: { sequencer: LongFirst },
    projects: [
      { extends: true, test: { ...sharing, isolate: false } },
      {
        extends: true,
        test: {
          name: 'apart',
          include: ['{graders,reports,reference,assignments,fixtures,scripts}/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...sharing.include],
          // What a lecturer's checks may rely on: the types of the public entries; `vitest --typecheck` tells them test by test.
          typecheck: { include: ['graders/**/*.test-d.ts'], tsconfig: 'tsconfig.entries.json' },
        },
      },
    ],
  },
});
