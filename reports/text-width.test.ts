import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { textWidth } from './text-width.ts';

test('every sign of Latin, Greek and mathematics, by itself and between others, is as wide as the table of all characters says', () => {
  const wrong: string[] = [];
  for (let code = 0x20; code < 0x2800; code++) {
    const character = String.fromCharCode(code);
    for (const text of [character, `a${character}`, `${character}é`]) {
      if (textWidth(text) !== stringWidth(text)) wrong.push(`${code.toString(16)}: ${textWidth(text)}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('wide letters, emoji and marks', () => {
  expect(['abc', '漢字', '👩‍💻', 'e\u0301', '∂²', '✓ done', '✅ done'].map(textWidth)).toEqual([3, 4, 2, 1, 2, 6, 7]);
});
