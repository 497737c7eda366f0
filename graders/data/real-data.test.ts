import { mkdirSync, mkdtempSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { parseNumbers } from './csv-table.ts';
import type { DataFile } from './data-files.ts';
import { dataFiles } from './data-files.ts';
import { download, fetchDataFile } from './fetch-data.ts';
import { parseIdx } from './idx.ts';
import { readDataFile, verified } from './read-file.ts';
import { loadBoston, loadDigits, loadImages } from './real-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

const content = Buffer.from([0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9]);
const file: DataFile = {
  folder: 'small',
  name: 'small-idx1-ubyte',
  url: 'http://127.0.0.1:1/small',
  mostBytes: 11,
  bytes: 11,
  raw: { algorithm: 'md5', digest: createHash('md5').update(content).digest('hex') },
};

describe('an IDX file', () => {
  test('gives shape and values', () => {
    expect(parseIdx(content, 1, 'small')).toEqual({ shape: [3], data: new Uint8Array([7, 8, 9]) });
  });

  test.each([
    ['of another number of dimensions', content, 3, /starts with 2049, not 2051/],
    ['of floats', Buffer.from([0, 0, 13, 1, 0, 0, 0, 1, 0, 0, 0, 0]), 1, /starts with 3329/],
    ['that is cut off', content.subarray(0, 10), 1, /announces 3 values and holds 2/],
    ['that announces more than any file holds', Buffer.from([0, 0, 8, 1, 255, 255, 255, 255]), 1, /4294967295/],
    ['of two bytes', Buffer.from([0, 0]), 1, /no IDX file/],
  ])('%s is refused by name', (_, bytes, dimensions, says) => {
    expect(() => parseIdx(bytes, dimensions, 'small')).toThrow(says);
  });
});

describe('a table', () => {
  test('gives rows of numbers', () => {
    expect(parseNumbers('1,"2"\n-3.5,4e2\n', 2, 't')).toEqual([
      [1, 2],
      [-3.5, 400],
    ]);
  });

  test.each([
    ['a short row', '1,2\n3\n', /t, row 2: 1 values instead of 2/],
    ['a word', '1,x\n', /t, row 1, column 2: "x" is no number/],
    ['an empty cell', '1,\n', /column 2/],
    ['infinity', '1,Infinity\n', /"Infinity" is no number/],
    ['an open quote', '1,"2\n', /no table/],
  ])('with %s is refused by place', (_, text, says) => {
    expect(() => parseNumbers(text, 2, 't')).toThrow(says);
  });
});

describe('a file of a data set', () => {
  test('is recognised by its content, packed or not, however it was packed', () => {
    for (const bytes of [content, gzipSync(content, { level: 1 }), gzipSync(content, { level: 9 })]) {
      expect(verified(bytes, file, 'x')).toEqual(content);
    }
  });

  test('is refused when one byte differs', () => {
    const other = Buffer.from(content);
    other[10] = 0;
    expect(() => verified(gzipSync(other), file, 'x')).toThrow(/not the published small-idx1-ubyte: its md5 is/);
  });

  test('is refused when it unpacks to more than it should, without unpacking it all', () => {
    expect(() => verified(gzipSync(Buffer.alloc(50_000_000)), file, 'x')).toThrow(/cannot be unpacked to 11 bytes/);
  });

  test('is found in its own folder and directly in the data folder, and its absence says what to do', () => {
    expect(() => readDataFile(folder, file)).toThrow(/small-idx1-ubyte\.gz\) is not in .*gradmark data small/);
    writeFileSync(join(folder, `${file.name}.gz`), gzipSync(content));
    expect(readDataFile(folder, file)).toEqual(content);
    mkdirSync(join(folder, 'small'));
    writeFileSync(join(folder, 'small', file.name), Buffer.alloc(5000));
    expect(() => readDataFile(folder, file)).toThrow(/has 5000 bytes/);
  });

  test('has a checksum, or numbers that are checked when they are read', () => {
    for (const one of Object.values(dataFiles).flat()) {
      expect(one.raw !== undefined || one.packed !== undefined || one.folder === 'boston').toBe(true);
    }
    mkdirSync(join(folder, 'boston'), { recursive: true });
    const names = 'crim,zn,indus,chas,nox,rm,age,dis,rad,tax,ptratio,b,lstat,medv';
    writeFileSync(join(folder, 'boston', 'boston.csv'), `${names}\n1,2,3,4,5,6,7,8,9,10,11,12,13,14\n`);
    expect(() => loadBoston(folder)).toThrow(/1 rows whose numbers are not those/);
    writeFileSync(join(folder, 'boston', 'boston.csv'), `${names.replace('b,', '')}\n`);
    expect(() => loadBoston(folder)).toThrow(/should start with the names CRIM/);
    expect(() => loadDigits(folder)).toThrow(/digits\.csv/);
    expect(() => loadImages(folder, 'mnist', 'test')).toThrow(/t10k-images-idx3-ubyte/);
  });
});

describe('a download', () => {
  const serve = async (status: number, body: Buffer, use: (url: string) => Promise<void>) => {
    const server = createServer((_, response) => response.writeHead(status).end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/file`);
    } finally {
      server.close();
    }
  };
  const target = join(folder, 'fetched');

  test('is kept unpacked when it is the right file, and not made twice', () =>
    serve(200, gzipSync(content), async (url) => {
      expect(await fetchDataFile(target, { ...file, url }, { timeoutMs: 5000 })).toBe('downloaded');
      expect(readDataFile(target, file)).toEqual(content);
      expect(await fetchDataFile(target, { ...file, url: 'http://127.0.0.1:1/' }, { timeoutMs: 5000 })).toBe('there');
    }));

  test('of another file leaves nothing behind', () =>
    serve(200, Buffer.alloc(11), async (url) => {
      const other = { ...file, name: 'other', url };
      await expect(fetchDataFile(target, other, { timeoutMs: 5000 })).rejects.toThrow(/not the published other/);
      expect(existsSync(join(target, 'small', 'other'))).toBe(false);
    }));

  test('that is too large, refused or impossible names the address', async () => {
    await serve(200, Buffer.alloc(100_000), async (url) => {
      await expect(download(url, 1000, 5000)).rejects.toThrow(/\/file could not be downloaded: it is larger than 1000/);
    });
    await serve(404, content, async (url) => {
      await expect(download(url, 1000, 5000)).rejects.toThrow(/answers 404/);
    });
    await expect(download('http://127.0.0.1:1/x', 1000, 5000)).rejects.toThrow(/127\.0\.0\.1:1\/x could not/);
  });
});
