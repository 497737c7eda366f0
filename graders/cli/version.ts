import { readFileSync } from 'node:fs';

/** The version in package.json, next to the sources and next to the build. */
export function graderVersion(): string {
  const path = new URL(
    import.meta.url.endsWith('.ts') ? '../../package.json' : '../../../package.json',
    import.meta.url,
  );
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
