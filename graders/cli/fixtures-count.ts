import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';

/** How many fixtures the checkout holds for a coursework; the installed package ships none. */
export async function countFixtures(slug: string): Promise<number> {
  const folder = join(packageRoot, 'fixtures', slug);
  try {
    return (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).length;
  } catch {
    return 0;
  }
}
