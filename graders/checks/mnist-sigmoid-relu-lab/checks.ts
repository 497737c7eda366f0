/** Every check of this coursework. */
import type { Check } from '../../check.ts';
import { checks as essays } from './essays.ts';
import { checks as ownCode } from './own-code.ts';
import { checks as t2 } from './t2.ts';
import { checks as t3 } from './t3.ts';
import { checks as t4 } from './t4.ts';

export const checks: Check[] = [...ownCode, ...t2, ...t3, ...t4, ...essays];
