/**
 * How long a class page takes to open in Chromium, from the click to the first picture after its script has run.
 *
 *     node scripts/bench/class-page.ts [students]
 */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from '../../reports/browser.testing.ts';
import { viewClass } from '../../reports/class-view.ts';
import { openPages } from '../../reports/pages.ts';
import { classOf } from '../../reports/sample-class.testing.ts';
import { results } from '../../reports/sample-results.testing.ts';

const students = Number(process.argv[2] ?? 2000);
const folder = await mkdtemp(join(tmpdir(), 'class-page-'));
const file = join(folder, 'index.html');
const begun = process.cpuUsage();
await writeFile(file, openPages().class(viewClass(results(classOf(students)), results(classOf(students, 2)))));
const written = process.cpuUsage(begun);

const browser = await launchBrowser();
const times: number[] = [];
const busy: number[] = [];
for (let round = 0; round < 5; round++) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const start = performance.now();
  await page.goto(pathToFileURL(file).href);
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
  times.push(performance.now() - start);
  const { metrics } = await devtools.send('Performance.getMetrics');
  busy.push(metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000);
  await page.close();
}
await browser.close();
const size = (await stat(file)).size;
await rm(folder, { recursive: true });

const [best, median] = [Math.min(...times), times.sort((a, b) => a - b)[2]!];
process.stdout.write(
  `${students} students: ${(size / 1e6).toFixed(1)} MB, made in ${Math.round((written.user + written.system) / 1000)} ms of CPU time, ` +
    `open after ${Math.round(median)} ms (median of five; best ${Math.round(best)} ms), ` +
    `of which the page kept its thread busy ${Math.round(busy.sort((a, b) => a - b)[2]!)} ms\n`,
);
