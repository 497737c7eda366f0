/**
 * The words of a text that was typed into a platform's page, as plain text with the headings, lists and emphasis of Markdown. Nothing
 * of the page itself is kept: no script, style, address or picture. Every character is passed once, whatever stands there.
 */

/** Comment, tag, or text; what begins like one and never ends reaches to the end. */
const tokens =
  /<!--(?:[\s\S]*?-->|[\s\S]*$)|<(?<close>\/?)(?<name>[a-z][a-z0-9]*)(?:\s[^>]*|\/)?(?:>|$)|(?<text>[^<]+|<)/giu;

/** Their content is nobody's words. */
const unread = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'svg',
  'iframe',
  'object',
  'textarea',
  'select',
]);

const before: Readonly<Record<string, string>> = {
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, `\n\n${'#'.repeat(level)} `])),
  ...Object.fromEntries(['p', 'blockquote', 'pre', 'table', 'ul', 'ol', 'dl', 'hr'].map((name) => [name, '\n\n'])),
  ...Object.fromEntries(['div', 'tr', 'br', 'dt', 'dd', 'section', 'article'].map((name) => [name, '\n'])),
  ...{ li: '\n- ', b: '**', strong: '**', sup: '^', sub: '_', img: ' [picture] ' },
};
const after: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'blockquote', 'pre', 'table', 'ul', 'ol'].map((name) => [name, '\n\n']),
  ),
  ...{ b: '**', strong: '**', td: '\t', th: '\t', div: '\n' },
};

/** The text of a page, or of a part of one. */
export function textOfHtml(html: string): string {
  const parts: string[] = [];
  let inside: string | undefined;
  let isKept = false;
  for (const { groups } of html.matchAll(tokens)) {
    const { close, name: written, text } = groups!;
    const name = written?.toLowerCase();
    if (inside !== undefined) {
      if (close === '/' && name === inside) inside = undefined;
    } else if (name !== undefined) {
      if (close !== '/' && unread.has(name)) inside = name;
      if (name === 'pre') isKept = close !== '/';
      parts.push((close === '/' ? after[name] : before[name]) ?? '');
    } else if (text !== undefined) {
      const plain = decoded(text);
      parts.push(isKept ? plain : plain.replace(/[ \t\r\n\f]+/g, ' '));
    }
  }
  return tidied(parts.join(''));
}

/** At most one blank line, none at the ends, no blanks at the ends of lines; no emphasis of nothing. */
function tidied(text: string): string {
  const lines = text
    .replaceAll('\u00a0', ' ')
    .replaceAll('****', '')
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : line.trimEnd()));
  const kept = lines.filter((line, i) => line !== '' || (i > 0 && lines[i - 1] !== ''));
  return kept
    .map((line) => line.replace(/^ (?=\S)/, ''))
    .join('\n')
    .trim();
}

/** What editors write for signs; what is not known stays as it was written. */
function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/giu, (written, decimal, hexadecimal, name) => {
    if (name !== undefined) return signs[name as string] ?? signs[(name as string).toLowerCase()] ?? written;
    const code = decimal === undefined ? parseInt(hexadecimal as string, 16) : Number(decimal);
    const isCharacter = code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isCharacter || code === 9 || code === 10 ? String.fromCodePoint(code) : '';
  });
}

const greek =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau';

const signs: Readonly<Record<string, string>> = Object.assign(Object.create(null) as Record<string, string>, {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—', hellip: '…', shy: '' },
  ...{ lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»', bull: '•', middot: '·', deg: '°' },
  ...{ times: '×', divide: '÷', minus: '−', plusmn: '±', le: '≤', ge: '≥', ne: '≠', asymp: '≈', sum: '∑', part: '∂' },
  ...{ radic: '√', infin: '∞', nabla: '∇', isin: '∈', rarr: '→', larr: '←', sup2: '²', sup3: '³', frac12: '½' },
  ...Object.fromEntries(greek.split(' ').map((name, i) => [name, String.fromCodePoint(0x3b1 + i)])),
  ...{ phi: 'φ', chi: 'χ', psi: 'ψ', omega: 'ω', Sigma: 'Σ', Delta: 'Δ', Omega: 'Ω', Theta: 'Θ', Lambda: 'Λ' },
});
