/** What is read of a program in Python without running it. */
import { expect, test } from 'vitest';
import { submissionOf } from './audit/fixtures.ts';
import { listCourseworks, openCoursework } from './coursework.ts';
import { createGuestFactory } from './guest-factory.ts';
import { withoutPython } from './runtimes/python/python.testing.ts';
import { bestLevel } from './sandbox/doctor/best-level.ts';

test.skipIf(withoutPython !== undefined)(
  'a sentence, within or in the line above, is expected of what is there for others: no name that begins with an underscore',
  async () => {
    const coursework = await openCoursework((await listCourseworks([])).get('numpy-mlp-digits')!);
    const text =
      'def _half(x):\n    return x / 2\n\ndef quarter(x):\n    return _half(_half(x))\n\n# Eight of them make one.\ndef eighth(x):\n    return x / 8\n';
    const submission = { ...submissionOf('ann', [{ path: 'mlp.py', text }]), language: 'python' as const };
    const factory = await createGuestFactory({ coursework, level: await bestLevel(), backend: 'cpu' });
    try {
      const [outline] = await factory.sourcesFor(submission).outlines();
      const bare = outline!.exports.filter(({ documented }) => !documented);
      expect(bare.map(({ name }) => name)).toEqual(['quarter']);
    } finally {
      await factory.close();
    }
  },
);
