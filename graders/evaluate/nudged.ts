/** A probe whose numbers are other by a few roundings, which no derivation notices. */

/** A copy of a probe in which every number that is no whole one is multiplied by this; what is one object stays one. */
export function nudged<Probe>(probe: Probe, factor: number): Probe {
  const made = new Map<object, unknown>();
  const copy = (value: unknown): unknown => {
    if (typeof value === 'number') return Number.isInteger(value) ? value : value * factor;
    if (typeof value !== 'object' || value === null) return value;
    if (made.has(value)) return made.get(value);
    if (value instanceof Float64Array) {
      const moved = value.map((x) => copy(x) as number);
      made.set(value, moved);
      return moved;
    }
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      made.set(value, items);
      for (const item of value) items.push(copy(item));
      return items;
    }
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    const record: Record<string, unknown> = {};
    made.set(value, record);
    for (const [key, item] of Object.entries(value)) record[key] = copy(item);
    return record;
  };
  return copy(probe) as Probe;
}
