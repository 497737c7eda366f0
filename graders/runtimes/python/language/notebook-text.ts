/** A notebook as somebody reads it who marks: its cells one after the other, without outputs. Nothing of it is run or read as code. */

interface Cell {
  cell_type?: unknown;
  source?: unknown;
  /** In format 3. */
  input?: unknown;
}

/** The cells in their order, each under its number; the text as it came where it is no notebook. */
export function notebookText(text: string): string {
  const cells = cellsOf(text);
  if (cells === undefined) return text;
  return cells
    .map(({ cell_type: kind, source, input }, i) => {
      const written = textOf(source ?? input);
      return kind === 'code' ? `# ---- cell ${i + 1}\n${written}` : written.replace(/^/gm, '# ');
    })
    .join('\n\n');
}

function cellsOf(text: string): Cell[] | undefined {
  try {
    const { cells, worksheets } = JSON.parse(text) as { cells?: unknown; worksheets?: { cells?: unknown }[] };
    const found = cells ?? worksheets?.[0]?.cells;
    return Array.isArray(found)
      ? found.filter((cell): cell is Cell => typeof cell === 'object' && cell !== null)
      : undefined;
  } catch {
    return undefined;
  }
}

const textOf = (source: unknown): string =>
  (Array.isArray(source) ? source : [source]).filter((line) => typeof line === 'string').join('');
