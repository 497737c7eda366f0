/**
 * Values of probes and answers as JSON and back, to the last bit: numbers that JSON has no word for, arrays of numbers in as
 * few bytes as hold them exactly, and one object that stands in several places, which stays one.
 */

const typed = { Float64Array, Float32Array, Int32Array, Int16Array, Int8Array, Uint8Array, Uint8ClampedArray } as const;
type TypedName = keyof typeof typed;

/** How numbers are laid down: `scale` is what the stored numbers are divided by. */
interface Laid {
  as: TypedName;
  scale: number;
  bytes: string;
}

/** Fewer numbers than this are shorter, and easier to read, as they are. */
const few = 12;

/** The value as JSON has it; functions have no place in it and throw. */
export function asJson(value: unknown): unknown {
  const places = new Map<object, number>();
  const write = (part: unknown): unknown => {
    if (typeof part === 'number') return isPlain(part) ? part : { $number: Object.is(part, -0) ? '-0' : String(part) };
    if (part === undefined) return { $undefined: true };
    if (part === null || typeof part === 'string' || typeof part === 'boolean') return part;
    if (typeof part !== 'object') throw new TypeError(`a ${typeof part} has no place in a practice pack`);
    const known = places.get(part);
    if (known !== undefined) return { $same: known };
    places.set(part, places.size);
    const name = typedName(part);
    if (name !== undefined) return { $typed: name, ...laid(part as Float64Array) };
    if (Array.isArray(part)) return areNumbers(part) && part.length >= few ? { $numbers: laid(part) } : part.map(write);
    if (Object.getPrototypeOf(part) !== Object.prototype)
      throw new TypeError('objects of a class have no place in a pack');
    return Object.fromEntries(Object.entries(part).map(([key, entry]) => [key, write(entry)]));
  };
  return write(value);
}

/** The value that `asJson` wrote. */
export function fromJson(json: unknown): unknown {
  const objects: object[] = [];
  const read = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null) return part;
    if ('$number' in part) return Number(part.$number);
    if ('$undefined' in part) return undefined;
    if ('$same' in part) return objects[part.$same as number];
    const place = objects.push(part) - 1;
    const put = <T extends object>(made: T): T => (objects[place] = made);
    if ('$typed' in part) return put(typed[part.$typed as TypedName].from(numbersOf(part as unknown as Laid)));
    if ('$numbers' in part) return put(Array.from(numbersOf(part.$numbers as Laid)));
    if (Array.isArray(part)) {
      const items = put([] as unknown[]);
      for (const item of part) items.push(read(item));
      return items;
    }
    const entries = put({} as Record<string, unknown>);
    for (const [key, entry] of Object.entries(part)) entries[key] = read(entry);
    return entries;
  };
  return read(json);
}

const isPlain = (value: number): boolean => Number.isFinite(value) && !Object.is(value, -0);

const areNumbers = (items: readonly unknown[]): items is number[] => items.every((item) => typeof item === 'number');

const typedName = (part: object): TypedName | undefined =>
  (Object.keys(typed) as TypedName[]).find((name) => part.constructor === typed[name]);

/** The finest fraction that is tried: what packing/coarse-enough.ts makes of small numbers. */
const finest = 60;

/** Numbers in the narrowest form that holds every one exactly; fractions with a small power of two below count as whole. */
function laid(numbers: ArrayLike<number>): Laid {
  const values = Float64Array.from(numbers);
  const holds = (stored: ArrayLike<number>, scale: number) =>
    values.every((value, i) => Object.is(value, stored[i]! / scale));
  for (let i = 0; i <= finest; i++) {
    const scale = 2 ** i;
    const whole = values.map((value) => value * scale);
    if (!whole.every(Number.isInteger)) continue;
    for (const as of ['Int8Array', 'Uint8Array', 'Int16Array', 'Int32Array'] as const) {
      const stored = typed[as].from(whole);
      if (holds(stored, scale)) return { as, scale, bytes: bytesOf(stored) };
    }
    break;
  }
  const single = Float32Array.from(values);
  return holds(single, 1)
    ? { as: 'Float32Array', scale: 1, bytes: bytesOf(single) }
    : { as: 'Float64Array', scale: 1, bytes: bytesOf(values) };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

function numbersOf({ as, scale, bytes }: Laid): Float64Array {
  const { buffer, byteOffset, byteLength } = Buffer.from(bytes, 'base64');
  // Copied, since what Node reads into starts anywhere, and wider numbers do not.
  const copy = buffer.slice(byteOffset, byteOffset + byteLength);
  return Float64Array.from(new typed[as](copy), (value) => value / scale);
}
