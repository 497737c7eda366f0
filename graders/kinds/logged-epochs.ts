/** The key of trainings that are logged epoch by epoch: there is one right log, for batches in the order of the images. */
import type { Key } from '../key.ts';
import type { Mistake, Program } from '../mistakes/program.ts';
import { variantsOf } from '../mistakes/program.ts';
import type { Course } from '../mistakes/training/course.ts';
import type { LogRules } from '../mistakes/training/log-mistakes.ts';
import { fromTheEnd, logFamilies, logOf, rightLog } from '../mistakes/training/log-mistakes.ts';
import { scaledBand } from '../numerics/tolerance.ts';
import type { LoggedProbe } from './logged-epochs-question.ts';
import { answerOf } from './logged-epochs-question.ts';
import type { CourseDesign } from './telling-course.ts';
import { drawCourse } from './telling-course.ts';

export interface CourseProbe extends LoggedProbe {
  course: Course;
}

const countBand = scaledBand(
  'shares of images',
  1e-6,
  1e-3,
  'no other count of images is accepted: none of them lies so near the border of two classes that rounding could move it',
);

const program: Program<CourseProbe, LogRules> = {
  right: rightLog,
  run: ({ course, etas }, rules) =>
    answerOf(
      etas.map((eta) => {
        const { train, test } = logOf({ ...course, eta }, rules);
        return { trainAcc: train, testAcc: test };
      }),
    ),
};

export const loggedKey = (
  designs: readonly CourseDesign[],
  mistakes: readonly Mistake<LogRules>[],
): Key<CourseProbe> => ({
  band: countBand,
  coarse: true,
  probes: (random) =>
    designs.map((design, i) => ({
      course: drawCourse(random.fork(`design ${i}`), design),
      etas: [design.eta, ...(design.otherEtas ?? [])],
      seed: 11 + i,
    })),
  oracle: (probe) => program.run(probe, program.right),
  accepts: [
    {
      id: 'from-the-end',
      title: 'batches are taken from the last one to the first',
      compute: (probe) => program.run(probe, fromTheEnd),
    },
  ],
  mistakes: variantsOf(program, mistakes),
  clues: {
    families: logFamilies.map(({ rules, ...family }) => ({
      ...family,
      compute: (probe: CourseProbe, value: number) => program.run(probe, rules(value)),
    })),
  },
});
