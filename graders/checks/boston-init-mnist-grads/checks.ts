/** Every check of this coursework. */
import type { Check } from '../../check.ts';
import { checks as q3a } from './q3a.ts';
import { checks as q3b } from './q3b.ts';
import { checks as q3c } from './q3c.ts';
import { checks as q3d } from './q3d.ts';

export const checks: Check[] = [...q3a, ...q3b, ...q3c, ...q3d];
