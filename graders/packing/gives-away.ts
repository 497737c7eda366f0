/**
 * Whether advice says what a formula of the same sheet asks for: then a kit leaves it out. Sheets, advice and formulas write the
 * same in many ways ("σ(x)(1 − σ(x))", "a (1 − a)"), so that shapes are compared: what stands in the same place has the same
 * name throughout. Short formulas have the shape of many things, and are recognised by their names alone.
 */

/** A name, a number or a sign, as both sides are read. */
type Token = { sign: string } | { name: string };

/** Whether the advice says one of these formulas, or one of the terms that a longer one adds up. */
export function givesAway(advice: string, formulas: readonly string[]): boolean {
  const said = tokensOf(advice);
  return formulas.flatMap(partsOf).some((truth) => isSaid(tokensOf(truth), said));
}

/** The formula, its terms, and what it is for equal and for unequal indices where it holds a Kronecker delta. */
function partsOf(truth: string): string[] {
  const whole = /\bdelta_\w+/.test(truth)
    ? [truth.replace(/\bdelta_\w+/g, '1'), truth.replace(/\bdelta_\w+ *- */g, '-').replace(/\* *\( *-(.+?)\)/g, '* $1')]
    : [truth];
  // Unequal indices: y * (0 - z) is -y * z.
  const signed = whole.map((text, i) => (i === 1 ? `-${text}` : text));
  return signed.flatMap((text) => [text, ...termsOf(text)]);
}

/** What a sum adds up, at its top level; none where it is no sum. */
function termsOf(text: string): string[] {
  const terms: string[] = [];
  let [depth, term] = [0, ''];
  for (const letter of text) {
    if (letter === '(') depth++;
    if (letter === ')') depth--;
    if (depth === 0 && letter === '+') {
      terms.push(term);
      term = '';
    } else term += letter;
  }
  return terms.length === 0 ? [] : [...terms, term];
}

/** Names that mean the same wherever a short formula is recognised by its names. */
const sameNames: Record<string, string> = {
  ŷ: 'yhat',
  prediction: 'yhat',
  predictions: 'yhat',
  p: 'yhat',
  P: 'yhat',
  target: 'y',
  targets: 'y',
  σ: 'sigma',
};

function tokensOf(text: string): Token[] {
  const plain = text.replaceAll('−', '-').replaceAll('·', '*').replaceAll(' minus ', ' - ');
  // A function of one name is one thing: σ(x).
  const found = plain.matchAll(/(?:σ|sigma)\(\p{L}+\)|[\p{L}][\p{L}′']*(?:_\w+)?|\d+(?:\.\d+)?|[-+*/()^²…,;:=≠<>]/gu);
  return [...found].map(([word]) =>
    /^\p{L}/u.test(word) ? { name: sameNames[bare(word)] ?? bare(word) } : { sign: word },
  );
}

const bare = (name: string): string => name.replace(/_\w+$/, '');

/** Letters, and the words that stand for them; other words are no part of a formula. */
function isSymbol(name: string): boolean {
  const symbol = name.replace(/\(.*\)$/, '');
  return symbol.length <= 2 || ['sigma', 'yhat', 'input', 'weight', 'weights', 'bias'].includes(symbol);
}

function isSaid(truth: readonly Token[], said: readonly Token[]): boolean {
  const needed = truth.filter((token) => 'name' in token || token.sign !== '*');
  const signs = truth.filter((token) => 'sign' in token && /[-+*/^]/.test(token.sign)).length;
  if (signs === 0) return false;
  const spoken = said.filter((token) => 'name' in token || token.sign !== '*');
  return spoken.some((_, from) => startsWith(spoken.slice(from, from + needed.length), needed, signs < 2));
}

function startsWith(said: readonly Token[], truth: readonly Token[], byName: boolean): boolean {
  if (said.length < truth.length) return false;
  const [names, back] = [new Map<string, string>(), new Map<string, string>()];
  return truth.every((token, i) => {
    const other = said[i]!;
    if ('sign' in token) return 'sign' in other && other.sign === token.sign;
    if (!('name' in other) || !isSymbol(other.name)) return false;
    if (byName) return other.name === token.name;
    const [known, mine] = [names.get(token.name) ?? other.name, back.get(other.name) ?? token.name];
    names.set(token.name, known);
    back.set(other.name, mine);
    return known === other.name && mine === token.name;
  });
}
