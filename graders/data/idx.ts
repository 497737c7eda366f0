/** The IDX format of MNIST: two zero bytes, the type, the number of dimensions, their sizes (big-endian), then the values. */
import { DataError } from './data-error.ts';

interface IdxArray {
  shape: number[];
  /** Row-major. */
  data: Uint8Array;
}

const unsignedByte = 0x08;

/** An array of unsigned bytes with this many dimensions; throws DataError, naming `from`, when the bytes are none. */
export function parseIdx(bytes: Uint8Array, dimensions: number, from: string): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = 4 + 4 * dimensions;
  const magic = bytes.length >= 4 ? view.getUint32(0) : NaN;
  const expected = unsignedByte * 256 + dimensions;
  if (magic !== expected || bytes.length < header) {
    throw new DataError(
      'broken',
      `${from} is no IDX file of ${dimensions} dimensions: it starts with ${magic}, not ${expected}.`,
    );
  }
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const size = shape.reduce((product, n) => product * n, 1);
  if (size !== bytes.length - header) {
    throw new DataError('broken', `${from} announces ${shape.join('×')} values and holds ${bytes.length - header}.`);
  }
  return { shape, data: new Uint8Array(bytes.buffer, bytes.byteOffset + header, size) };
}
