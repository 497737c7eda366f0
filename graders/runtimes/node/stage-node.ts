/** Stages the guest for Node: what the sandbox runs when a student's program is TypeScript or JavaScript. */
import type { Backend } from '../../model/guest.ts';
import type { GuestSource, StagedRuntime } from '../../sandbox/stage/stage.ts';
import { stageGuest } from '../../sandbox/stage/stage.ts';
import { guestFingerprint } from './guest-parts.ts';
import { NATIVE_ENV } from './native-names.ts';
import { nativeLibraries, requireNative } from './native.ts';
import { nodeProcess } from './process.ts';

/**
 * Stages the guest that hosts a student's modules; the first time takes a second or two. Throws when `node` is asked for and
 * not built. `keepProcess` is for tests of the walls behind the guest.
 */
export async function stageNode(
  backend: Backend = 'wasm',
  options: { keepProcess?: boolean } = {},
): Promise<StagedRuntime> {
  const native = backend === 'node' ? await requireNative() : undefined;
  const staged = await stageOnNode({
    entry: 'guest.cjs',
    fingerprint: async () =>
      [await guestFingerprint(), native?.fingerprint ?? '', options.keepProcess ? 'with process' : ''].join(''),
    write: async (outDir) => {
      const { bundleGuest, bundleWithProcess } = await import('./bundle.ts');
      if (options.keepProcess) return bundleWithProcess((await stageNode(backend)).dir, outDir);
      return bundleGuest(outDir, native && { ...native, env: NATIVE_ENV });
    },
  });
  if (!native) return staged;
  const libraries = [...new Set([...staged.libraries, ...(await nativeLibraries(native))])];
  return { ...staged, libraries, processFor: (wanted) => nodeProcess(wanted, native.dir) };
}

/** Stages any guest that this process's own Node runs. */
export const stageOnNode = async (source: Omit<GuestSource, 'binary'>, folder?: string): Promise<StagedRuntime> => ({
  ...(await stageGuest({ ...source, binary: process.execPath }, folder)),
  processFor: (wanted) => nodeProcess(wanted),
  hasTensors: (imports) => imports.some((name) => name.startsWith('@tensorflow/')),
});
