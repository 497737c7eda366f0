/** How much there is of plain data: numbers, texts, arrays and records, which are the same in whatever thread they lie. */

const word = 8;
const plainKinds: readonly unknown[] = [Object.prototype, Array.prototype, null];

/** About as many bytes as it takes; infinitely many where anything in it is not plain. */
export function plainBytes(value: unknown, seen = new Set<unknown>()): number {
  if (typeof value === 'string') return value.length + word;
  if (typeof value === 'function' || typeof value === 'symbol') return Infinity;
  if (typeof value !== 'object' || value === null || seen.has(value)) return word;
  seen.add(value);
  const kind: unknown = Object.getPrototypeOf(value);
  if (ArrayBuffer.isView(value)) return value instanceof Buffer ? Infinity : value.byteLength;
  if (kind === Map.prototype) return sum([...(value as Map<unknown, unknown>)].flat(), seen);
  return plainKinds.includes(kind) ? sum(Object.values(value), seen) : Infinity;
}

const sum = (parts: readonly unknown[], seen: Set<unknown>): number =>
  parts.reduce<number>((bytes, part) => (bytes === Infinity ? bytes : bytes + plainBytes(part, seen)), word);
