import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOfName, textOfName } from './file-names.ts';
import { defaultLimits } from './limits.ts';
import { listFolder } from './list-folder.ts';

test('a name in UTF-8 is its text; of another every byte that is no ASCII is spelt out', () => {
  const spelt = [
    Buffer.from('José 李'),
    Buffer.from('Jos\xE9', 'latin1'),
    Buffer.from('Jos\uFFFDE9'),
    Buffer.from('�'),
  ];
  expect(spelt.map(textOfName)).toEqual(['José 李', 'Jos\uFFFDE9', 'Jos\uFFFDEF\uFFFDBF\uFFFDBDE9', '\uFFFD']);
});

test('text leads back to the bytes that it was made of, whatever these are, in a path as well', () => {
  const name = fc
    .array(fc.oneof(fc.constantFrom(0xef, 0xbf, 0xbd, 0x45, 0x39), fc.nat(255)), { maxLength: 12 })
    .map((all) => Buffer.from(all.filter((byte) => byte !== 0x2f)));
  fc.assert(
    fc.property(name, name, (one, other) => {
      const path = `${textOfName(one)}/${textOfName(other)}`;
      expect(bytesOfName(path)).toEqual(Buffer.concat([one, Buffer.from('/'), other]));
      expect(path.isWellFormed()).toBe(true);
    }),
  );
});

test.runIf(process.platform === 'linux')('what lies in a folder of such a name is read', async () => {
  const top = await mkdtemp(join(tmpdir(), 'gradmark-names-'));
  try {
    const folder = Buffer.concat([Buffer.from(`${top}/`), Buffer.from([0xe9])]);
    await mkdir(folder);
    await writeFile(Buffer.concat([folder, Buffer.from('/\xFFx.ts', 'latin1')]), 'x');
    const [entry, ...others] = await listFolder(top, defaultLimits);
    expect([entry!.path, others.length]).toEqual(['\uFFFDE9/\uFFFDFFx.ts', 0]);
    expect((await entry!.read(10)).toString()).toBe('x');
  } finally {
    await rm(top, { recursive: true });
  }
});
