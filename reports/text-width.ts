/** How wide a terminal draws a text. */
import { createRequire } from 'node:module';
import type stringWidth from 'string-width';

/**
 * Characters of one column each, whatever stands beside them: Latin, Greek, and the punctuation, arrows and signs of mathematics
 * that reports use. No emoji, no marks, nothing that joins.
 */
const narrow =
  /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u03ff\u1d00-\u1dbf\u2010-\u2027\u2030-\u205e\u2070-\u209f\u20ac\u2100-\u22ff\u2500-\u25fc✎✓✕✗\u27e8\u27e9]*$/;

/** Columns that a terminal gives to a text: two for wide letters and emoji, none for combining marks. */
export const textWidth = (text: string): number => (narrow.test(text) ? text.length : widthOf()(text));

// Only who meets such a text reads the table of all emoji, which costs as much as two starts of Node.
const widthOf = () => (createRequire(import.meta.url)('string-width') as { default: typeof stringWidth }).default;
