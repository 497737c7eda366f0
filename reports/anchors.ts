/** Addresses within a page: made of an id, safe in HTML and in URLs, never the same twice. */
export function anchorMaker(): (kind: string, id: string) => string {
  const taken = new Set<string>();
  return (kind, id) => {
    const base = `${kind}-${id.replace(/[^A-Za-z0-9_.-]/g, '-').slice(0, 60)}`;
    let anchor = base;
    for (let n = 2; taken.has(anchor); n++) anchor = `${base}--${n}`;
    taken.add(anchor);
    return anchor;
  };
}
