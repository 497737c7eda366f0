/** Every check of this coursework. */
import type { Check } from '../../check.ts';
import { checks as p1 } from './p1b.ts';
import { checks as p2 } from './p2.ts';
import { checks as p3 } from './p3.ts';
import { checks as p3a } from './p3a.ts';
import { checks as plots } from './p4-plots.ts';
import { checks as p4a } from './p4a.ts';
import { checks as p4b } from './p4b.ts';
import { checks as p4c } from './p4c.ts';
import { checks as p4f } from './p4f.ts';
import { checks as p4g } from './p4g.ts';
import { checks as p5q1 } from './p5q1.ts';
import { checks as p5q2 } from './p5q2.ts';
import { checks as p5q3 } from './p5q3.ts';
import { checks as p5q4 } from './p5q4.ts';

export const checks: Check[] = [
  ...p1,
  ...p2,
  ...p3a,
  ...p3,
  ...p4a,
  ...p4b,
  ...p4c,
  ...plots,
  ...p4f,
  ...p4g,
  ...p5q1,
  ...p5q2,
  ...p5q3,
  ...p5q4,
];
