// In the compiled program: a stack that somebody reads names the files that people read. Nothing is loaded until then.
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

const maps = new Map();

Error.prepareStackTrace = (error, frames) =>
  [saying(error), ...frames.map((frame) => `at ${inSource(String(frame))}`)].join('\n    ');

function saying(error) {
  try {
    return String(error);
  } catch {
    return '<error>';
  }
}

/** `call (file:///…/program-…/program.js:9:1)` becomes `call (file:///…/graders/grade.ts:3:5)`. */
const inSource = (frame) =>
  frame.replace(/(file:\/\/[^\s()]+\.js):(\d+):(\d+)/, (compiled, url, line, column) => {
    const place = mapOf(url)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (place?.originalSource === undefined) return compiled;
    return `${new URL(place.originalSource, url).href}:${place.originalLine + 1}:${place.originalColumn + 1}`;
  });

function mapOf(url) {
  if (!maps.has(url)) {
    const file = `${fileURLToPath(url)}.map`;
    maps.set(url, existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined);
  }
  return maps.get(url);
}
