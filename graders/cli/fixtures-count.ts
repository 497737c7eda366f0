import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** How many fixtures the checkout holds for a coursework; the installed package ships none. */
export async function countFixtures(slug: string): Promise<number> {
  const folder = fileURLToPath(new URL(`../../fixtures/${slug}/`, import.meta.url));
  try {
    return (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).length;
  } catch {
    return 0;
  }
}
