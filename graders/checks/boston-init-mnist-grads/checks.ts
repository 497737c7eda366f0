/** Every check of this coursework. */
import type { Check } from '../../check.ts';
import { checks as essays } from './essays.ts';
import { checks as q1a } from './q1a.ts';
import { checks as q1b } from './q1b.ts';
import { checks as q2a } from './q2a.ts';
import { checks as q2b } from './q2b.ts';
import { checks as q2c } from './q2c.ts';
import { checks as q3a } from './q3a.ts';
import { checks as q3b } from './q3b.ts';
import { checks as q3c } from './q3c.ts';
import { checks as q3d } from './q3d.ts';
import { checks as sub } from './sub.ts';

export const checks: Check[] = [
  ...q1a,
  ...q1b,
  ...essays,
  ...q2a,
  ...q2b,
  ...q2c,
  ...q3a,
  ...q3b,
  ...q3c,
  ...q3d,
  ...sub,
];
