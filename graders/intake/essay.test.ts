import { expect, test } from 'vitest';
import { splitEssay } from './essay.ts';

const headings = ['Q3b proof', 'Q3c notes', 'Q4 why'];

test('the text below a heading runs to the next heading that was asked for', () => {
  const text = '# Answers\n\n## Q3b proof\n\nFirst.\n\nSecond.\n\n## Q3c notes\nMine.\n';
  expect([...splitEssay(text, headings)]).toEqual([
    ['Q3b proof', 'First.\n\nSecond.'],
    ['Q3c notes', 'Mine.'],
  ]);
});

test.each([
  '## q3B PROOF',
  '### **Q3b** – Proof:',
  '#Q3b proof',
  '## Q3b. _proof_ ##',
  '## Q3b',
  '## Q3b: why the gradient is ŷ − y',
  '## Question 3b',
  '**Q3b proof**',
  'Q3b proof\n---------',
  'Q3b Proof\n===',
])('%j is taken for the heading "Q3b proof"', (heading) => {
  expect(splitEssay(`Intro.\n\n${heading}\nBecause.\n`, headings).get('Q3b proof')).toBe('Because.');
});

test.each(['## Q3', '## Q3bb proof', '## Proof', 'Q3b proof', '## Q30b proof', '    ## Q3b proof'])(
  '%j is not taken for it',
  (heading) => {
    expect(splitEssay(`Intro.\n\n${heading}\nBecause.\n`, headings).get('Q3b proof')).toBeUndefined();
  },
);

test('a shared label is not enough: the rest must agree', () => {
  const shared = ['Q3 proof', 'Q3 notes'];
  expect([...splitEssay('## Q3\nA.\n## Q3 notes\nB.', shared)]).toEqual([['Q3 notes', 'B.']]);
});

test('sub-headings of the student belong to the answer, another question does not', () => {
  const text = '## Q3b proof\nA\n## Step 1\nB\n**Conclusion**\nC\n## Question 9\nD\n# Appendix\nE';
  expect(splitEssay(text, ['Q3b proof']).get('Q3b proof')).toBe('A\n## Step 1\nB\n**Conclusion**\nC');
  expect(splitEssay('## Q3b proof\nA\n# Appendix\nE', ['Q3b proof']).get('Q3b proof')).toBe('A');
});

test("comments of the template are not the student's words, and an empty answer is none", () => {
  const text = '## Q3b proof\n\n<!-- Write the chain rule\nhere. -->\n\n## Q3c notes\n<!-- x -->Mine<!-- y -->.\n';
  expect([...splitEssay(text, headings)]).toEqual([['Q3c notes', 'Mine.']]);
});

test('a hash in a program is no heading', () => {
  const text = '## Q3b proof\n```py\n# Q3c notes\nx = 1\n```\nEnd.';
  expect([...splitEssay(text, headings)]).toEqual([['Q3b proof', '```py\n# Q3c notes\nx = 1\n```\nEnd.']]);
});

test('a heading that comes twice gives both texts', () => {
  expect(splitEssay('## Q4 why\r\nOne.\r\n## Q3c notes\r\nx\r\n## Q4 why\r\nTwo.', headings).get('Q4 why')).toBe(
    'One.\n\nTwo.',
  );
});

test('half a megabyte of hostile marks is split in less than two seconds of computing, however busy the machine is', () => {
  for (const piece of [
    '<!--',
    '**',
    '# ',
    '\n#',
    '**a',
    '__ ',
    '```\n',
    '\u0300',
    '## Q4 why\n',
    '## Q4 why\nx\n# a\n',
  ]) {
    const before = process.threadCpuUsage();
    splitEssay(piece.repeat(500_000 / piece.length), headings);
    expect(process.threadCpuUsage(before).user, piece).toBeLessThan(2_000_000);
  }
});
