import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isShipped } from '../coursework.ts';
import { packageRoot } from '../package-root.ts';

/** How many fixtures lie beside a lecturer's coursework, or in the checkout for one of ours; the installed package ships none. */
export async function countFixtures(home: string, slug: string): Promise<number> {
  const folder = isShipped(home) ? join(packageRoot, 'fixtures', slug) : join(home, 'fixtures');
  try {
    return (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).length;
  } catch {
    return 0;
  }
}
