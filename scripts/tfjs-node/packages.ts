/** The two npm packages that the build reads, unpacked without running anything of theirs. */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TFJS_NODE_VERSION } from '../../graders/runtimes/node/native-names.ts';
import { NotBuilt, run } from './run.ts';

export const TFJS_NODE = {
  name: '@tensorflow/tfjs-node',
  version: TFJS_NODE_VERSION,
  integrity: 'sha512-uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==',
};
/** Node's C interface, the same for every version of Node that has it. */
export const NODE_API_HEADERS = {
  name: 'node-api-headers',
  version: '1.9.0',
  integrity: 'sha512-2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==',
};

/** Fetches a package into `folder` and returns where its files lie; throws when it is not the one that was pinned. */
export async function fetchPackage(pinned: typeof TFJS_NODE, folder: string): Promise<string> {
  const into = join(folder, pinned.name.replaceAll('/', '-'));
  await mkdir(into, { recursive: true });
  const words = ['pack', `${pinned.name}@${pinned.version}`, '--ignore-scripts', '--json', '--pack-destination', into];
  const printed = await run('npm', words, { timeout: 120_000 }).catch((error: Error) => {
    throw new NotBuilt(`npm could not fetch ${pinned.name}@${pinned.version} (${error.message.split('\n')[0]})`);
  });
  const [{ filename }] = JSON.parse(printed) as [{ filename: string }];
  const archive = join(into, filename);
  const digest = createHash('sha512')
    .update(await readFile(archive))
    .digest('base64');
  if (`sha512-${digest}` !== pinned.integrity) throw new Error(`${filename} is not the package that was pinned.`);
  await run('tar', ['-xzf', archive, '-C', into, '--no-same-owner']);
  return join(into, 'package');
}
