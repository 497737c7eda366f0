/** Where this package lies: the checkout when run from source, the installed package when run from its build. */
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json and assignments/. */
export const packageRoot = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '..' : '../..', import.meta.url));
