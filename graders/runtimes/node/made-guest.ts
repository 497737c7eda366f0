/**
 * The guest as it was made when the package was: all its files in one, so that whoever installs the package needs neither the
 * tensor library nor its sources. A checkout has no such file and bundles the guest itself.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

/** The name of that file, beside the module that bundles. */
export const madeGuest = 'guest.br';

/**
 * How hard it is pressed: what is handed out 15 % smaller, at 12 s CPU in place of 0.2. The three forms of the library are nearly
 * one text: only a window as wide as all of them sees that.
 */
const quality = { quick: 5, small: 11 };
const wide = (how: keyof typeof quality) => ({
  params: { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_QUALITY]: quality[how] },
});
const isText = (name: string) => ['.js', '.cjs'].includes(extname(name));

/** The files of a folder as one. */
export async function packGuest(folder: string, how: keyof typeof quality): Promise<Buffer> {
  const names = (await readdir(folder)).sort();
  const files = names.map(async (name) => [name, (await readFile(join(folder, name))).toString(encodingOf(name))]);
  return brotliCompressSync(JSON.stringify(Object.fromEntries(await Promise.all(files))), wide(how));
}

/** Writes the files of a packed guest into a folder. */
export async function unpackGuest(packed: Uint8Array, folder: string): Promise<void> {
  const files = JSON.parse(brotliDecompressSync(packed).toString()) as Record<string, string>;
  for (const [name, content] of Object.entries(files))
    await writeFile(join(folder, name), Buffer.from(content, encodingOf(name)));
}

const encodingOf = (name: string): 'utf8' | 'base64' => (isText(name) ? 'utf8' : 'base64');
