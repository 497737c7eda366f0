import { expect, test } from 'vitest';
import { cpuMsOf } from '../cpu-time.testing.ts';
import { textOfHtml } from './html-text.ts';

test.each([
  ['<p>One</p><p>Two <b>bold</b></p>', 'One\n\nTwo **bold**'],
  ['<h3>Q1</h3>By the rule<br>of chains', '### Q1\n\nBy the rule\nof chains'],
  ['<ul><li>a</li><li>b</li></ul>', '- a\n- b'],
  ['x<sup>2</sup> &le; y<sub>i</sub> &#8722; &#x3b1;&alpha; &amp;lt; &eacute;', 'x^2 ≤ y_i − αα &lt; &eacute;'],
  ['<pre>a\n  b</pre>', 'a\n  b'],
  ['a\n   b&nbsp;c', 'a b c'],
  ['<script>alert(1)</script><style>p {}</style>seen<!-- not --><svg><text>no</text></svg>', 'seen'],
  ['<img src="https://x.example/p.png" onerror="alert(1)"><a href="javascript:alert(1)">link</a>', '[picture] link'],
  ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
  ['&#0;&#27;&#xd800;&#x110000;ok', 'ok'],
  ['李小明 <B>é</B>', '李小明 **é**'],
  ['<p>never closed', 'never closed'],
  ['text <!-- never closed', 'text'],
  ['<script>never closed', ''],
])('%j', (html, text) => {
  expect(textOfHtml(html)).toBe(text);
});

test.each(['<', '<!--', '<p ', '<a href="', '&#', '<b></b>', '\n ', '<script>', '****'])(
  'a megabyte of %j costs no more than its length',
  async (part) => {
    const cpuMs = await cpuMsOf(() => textOfHtml(part.repeat(1_000_000 / part.length)));
    expect(cpuMs).toBeLessThan(2000);
  },
);
