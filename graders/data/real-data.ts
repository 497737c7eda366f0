/** The real data sets, read from a data folder; DataError where they are absent or not what they should be. */
import { createHash } from 'node:crypto';
import type { PriceTable } from './boston-like.ts';
import { bostonColumns } from './boston-like.ts';
import { parseNumbers } from './csv-table.ts';
import { DataError } from './data-error.ts';
import { dataFiles } from './data-files.ts';
import { parseIdx } from './idx.ts';
import { readDataFile } from './read-file.ts';

interface ByteImages {
  count: number;
  /** Pixels on a side. */
  side: number;
  /** One image after the other, 0 (paper) to 255 (ink). */
  pixels: Uint8Array;
  /** 0 … 9. */
  labels: Uint8Array;
}

/** MNIST or FashionMNIST: 60,000 images for training or 10,000 for testing. */
export function loadImages(folder: string, set: 'mnist' | 'fashion', part: 'train' | 'test'): ByteImages {
  const [images, labels] = dataFiles[set].slice(part === 'train' ? 0 : 2);
  const pixels = parseIdx(readDataFile(folder, images!), 3, images!.name);
  const digits = parseIdx(readDataFile(folder, labels!), 1, labels!.name);
  const [count, side] = pixels.shape as [number, number];
  if (digits.shape[0] !== count) {
    throw new DataError('broken', `${images!.name} has ${count} images, ${labels!.name} ${digits.shape[0]} labels.`);
  }
  return { count, side, pixels: pixels.data, labels: digits.data };
}

interface RealDigits {
  /** 64 whole numbers from 0 to 16 for each image. */
  x: number[][];
  digits: number[];
}

/** The optical digits: 1797 images of 8×8 pixels. */
export function loadDigits(folder: string): RealDigits {
  const [file] = dataFiles.digits;
  const rows = parseNumbers(readDataFile(folder, file!).toString('latin1'), 65, file!.name);
  return { x: rows.map((row) => row.slice(0, 64)), digits: rows.map((row) => row[64]!) };
}

/** The sha256 of all numbers, row by row, each in its shortest form: the same for every copy of the table. */
const bostonNumbers = 'c8a54113c8b973797b43e34edefaeb4fcaca6935f5c842e593963d3b7347bd90';

/** The Boston housing table: 506 districts, 13 features and the price, in the order of the StatLib file. */
export function loadBoston(folder: string): PriceTable {
  const [file] = dataFiles.boston;
  const text = readDataFile(folder, file!).toString('latin1');
  const [header = '', ...lines] = text.split(/\r?\n/);
  const names = header.split(',').map((name) => name.replaceAll('"', '').trim().toUpperCase());
  const columns = [...bostonColumns, 'MEDV'];
  if (names.join() !== columns.join()) {
    throw new DataError(
      'broken',
      `${file!.name} should start with the names ${columns.join(', ')}; it starts with "${header.slice(0, 80)}".`,
    );
  }
  const rows = parseNumbers(lines.join('\n'), columns.length, file!.name);
  const found = createHash('sha256')
    .update(rows.map((row) => row.join()).join('\n'))
    .digest('hex');
  if (found !== bostonNumbers) {
    throw new DataError(
      'broken',
      `${file!.name} holds ${rows.length} rows whose numbers are not those of the StatLib table (506 rows); corrected and shortened editions exist, this is one of them or damaged.`,
    );
  }
  return { x: rows.map((row) => row.slice(0, -1)), y: rows.map((row) => row.at(-1)!) };
}
