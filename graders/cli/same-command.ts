/** The command that checks the same work again, as whoever reads of it may type it where they are. */

/** `npm run check --` within a kit, whose command is on no PATH; the folder where it is not the one that is checked by itself. */
export function sameCommand(folder: string, env: Readonly<Record<string, string | undefined>> = process.env): string {
  const where = folder === '.' ? '' : ` ${inShell(folder)}`;
  if (['check', 'watch'].includes(env['npm_lifecycle_event'] ?? '')) return `npm run check --${where}`;
  return `${env['npm_command'] === 'exec' ? 'npx ' : ''}gradmark check${where}`;
}

/** A path as one word of the shell of this system. */
export function inShell(path: string, platform: NodeJS.Platform = process.platform): string {
  if (!/[^\p{L}\p{N}_./\\:@+-]/u.test(path)) return path;
  return platform === 'win32' ? `"${path}"` : `'${path.replaceAll("'", "'\\''")}'`;
}
