/** Every check of this coursework. */
import type { Check } from '../../check.ts';
import { checks as essays } from './essays.ts';
import { checks as tuning } from './q1-1-tuning.ts';
import { checks as q11a } from './q1-1a.ts';
import { checks as q11g } from './q1-1g.ts';
import { checks as formulas } from './q1-2-formulas.ts';
import { checks as q12 } from './q1-2.ts';
import { checks as q13 } from './q1-3a.ts';
import { checks as q14a } from './q1-4a.ts';
import { checks as q14bc } from './q1-4bc.ts';
import { checks as q16 } from './q1-6.ts';
import { checks as runs } from './runs.ts';

export const checks: Check[] = [
  ...q11a,
  ...q11g,
  ...tuning,
  ...formulas,
  ...q12,
  ...q13,
  ...q14a,
  ...q14bc,
  ...q16,
  ...runs,
  ...essays,
];
