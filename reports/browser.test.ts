/** The pages in a real browser: accessible, still, private, and readable without scripts, on paper and on a phone. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unmet } from '../graders/audit/gate.ts';
import { atNight } from '../graders/nightly.testing.ts';
import { auditPage } from './audit-page.ts';
import { browserPath, launchBrowser } from './browser.testing.ts';
import { everyString } from './every-string.testing.ts';
import { sampleAudit } from './sample-audit.testing.ts';
import { results } from './sample-results.testing.ts';
import { classOf } from './sample-class.testing.ts';
import { sampleSimilarity } from './sample-similarity.testing.ts';
import { showcase } from './sample-showcase.testing.ts';
import { similarityPage } from './similarity-page.ts';
import { writeSite } from './site.ts';

// Without a browser these facts are not known; the title of the skipped block says so.
describe.skipIf(browserPath === undefined)(browserPath ?? 'NO BROWSER FOUND: the pages are not tested', () => {
  let browser: Browser;
  let out: string;
  let axe: string;

  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), 'pages-'));
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await writeSite(results([...classOf(14), showcase()], 'full', 'D'), out, results(classOf(14, 2)));
    const complaints = unmet(sampleAudit.figures, { mutants: 0.99 });
    await writeFile(join(out, 'audit.html'), auditPage(sampleAudit, complaints));
    await writeFile(join(out, 'similarity.html'), similarityPage(sampleSimilarity, { slug: 'a', title: 'A' }));
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await rm(out, { recursive: true, force: true });
  });

  /** A page of the site, with everything that it asked for and complained about. */
  async function open(file: string, look: Parameters<Browser['newPage']>[0] = {}, root = out) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light', ...look });
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('dialog', (dialog) => complaints.push(`dialog ${dialog.message()}`));
    page.on('pageerror', (error) => complaints.push(error.message));
    const url = pathToFileURL(join(root, file)).href;
    await page.goto(url);
    return {
      page,
      complaints,
      strangers: () => requests.filter((request) => request !== url && !request.startsWith('data:')),
    };
  }

  const scrollWidth = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth');

  /** Violations of WCAG 2.2 AA and of good practice, with the first elements that show them. */
  async function violations(page: Page, rules: object): Promise<string[]> {
    // What passes is not written down, element by element, which is most of the work.
    const options = JSON.stringify({ ...rules, resultTypes: ['violations'] });
    const said = "v.id + ': ' + v.nodes.slice(0, 3).map((node) => node.html).join(' ')";
    return page.evaluate(`axe.run(document, ${options}).then(({ violations }) => violations.map((v) => ${said}))`);
  }
  const everything = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

  /** Words of ordinary length that are broken in the middle, and texts of pictures and cells that are cut. */
  const brokenWords = (page: Page) =>
    page.evaluate<string[]>(`(() => {
      const found = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node.parentElement.closest('script, style, .facts code, pre')) continue;
        for (const { 0: word, index } of node.data.matchAll(/[\\p{L}\\p{N}]{2,20}/gu)) {
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          if (new Set([...range.getClientRects()].map((rect) => Math.round(rect.top))).size > 1) found.push(word);
        }
      }
      return found;
    })()`);
  const cutLabels = (page: Page) =>
    page.evaluate<string[]>(`(() => {
      const outside = [...document.querySelectorAll('svg text')].filter((text) => {
        const [a, b] = [text.getBoundingClientRect(), text.ownerSVGElement.getBoundingClientRect()];
        return a.width > 0 && (a.left < b.left - 1 || a.right > b.right + 1 || a.top < b.top - 1 || a.bottom > b.bottom + 1);
      });
      const cut = [...document.querySelectorAll('.label, th, td, dt, dd, figcaption, h1, h2, h3, button')].filter(
        (one) => getComputedStyle(one).overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1,
      );
      return [...outside, ...cut].map((one) => one.textContent);
    })()`);

  /** Cells of the class table whose text reaches into the next. */
  const crossings = (page: Page) =>
    page.evaluate<string[]>(`(() => {
      const range = document.createRange();
      return [...document.querySelectorAll('.students th, .students td')].filter((cell) => {
        range.selectNodeContents(cell);
        return range.getBoundingClientRect().right > cell.getBoundingClientRect().right + 1;
      }).map((cell) => cell.textContent);
    })()`);

  const narrow = ['s0042/report.html', 'index.html', 'similarity.html'].map((file) => ({ file, width: 360 }));
  const wide = ['audit.html', 's0042/report.html', 'index.html'].map((file) => ({ file, width: 1280 }));
  const cases = [...narrow, ...atNight(wide, 1)];

  test("marks beside a rubric's long item stay in their card on a telephone", async () => {
    const { page } = await open('s0042/report.html', { viewport: { width: 360, height: 800 } });
    const words = 'curves are told apart, axes are labelled '.repeat(4);
    const item = `<li><span>${words}</span> <span class="quiet">2 marks</span></li>`;
    await page.evaluate(
      `document.querySelector('main').insertAdjacentHTML('beforeend', '<ul class="rubric">${item}</ul>')`,
    );
    const room =
      "(({ scrollWidth, clientWidth }) => clientWidth - scrollWidth)(document.querySelector('.rubric .quiet'))";
    expect(await page.evaluate<number>(room)).toBe(0);
    await page.close();
  });

  test.each(cases)(
    '$file at $width pixels is accessible in light and dark, quiet, and fits',
    async ({ file, width }) => {
      const { page, complaints, strangers } = await open(file, { viewport: { width, height: 800 } });
      expect(await scrollWidth(page)).toBeLessThanOrEqual(width);
      // Everything folded is opened, so that it is looked at as well.
      await page.evaluate('document.querySelectorAll("details").forEach((fold) => { fold.open = true; })');
      await page.evaluate(axe);
      expect(await violations(page, everything)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await violations(page, { runOnly: { type: 'rule', values: ['color-contrast'] } })).toEqual([]);
      expect([complaints, strangers()]).toEqual([[], []]);
      expect(await scrollWidth(page)).toBeLessThanOrEqual(width);
      if (file !== 'audit.html') expect([await brokenWords(page), await cutLabels(page)]).toEqual([[], []]);
      await page.close();
    },
  );

  test('the look that a reader sets survives a reload, and needs no script until then', async () => {
    const ground = (page: Page) => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const still = await open('s0042/report.html', { javaScriptEnabled: false });
    const light = await ground(still.page);
    await still.page.locator('#look-dark').check();
    expect(await ground(still.page)).not.toBe(light);
    await still.page.close();
    const { page, complaints } = await open('s0042/report.html');
    await page.locator('#look-dark').check();
    await page.reload();
    expect(await page.locator('#look-dark').isChecked()).toBe(true);
    expect(await ground(page)).not.toBe(light);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('the text for a question is copied by a button, and can be selected without', async () => {
    const { page } = await open('s0042/report.html', { permissions: ['clipboard-read', 'clipboard-write'] });
    const ask = page.locator('[id="c-q3c.db2"] .ask');
    await ask.locator('summary').click();
    await ask.locator('button').click();
    await ask.getByText('Copied').waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toBe(await ask.locator('pre').innerText());
    expect(copied).toContain('My answer: 0.0938272');
    await page.close();
  });

  test('the audit page shows what survives at once, and folds what does no harm', async () => {
    const { page } = await open('audit.html', { javaScriptEnabled: false });
    expect(await page.locator('.banner').innerText()).toContain('Not good enough');
    expect(await page.locator('#survived ~ details pre').isVisible()).toBe(true);
    expect(await page.locator('#free ~ details pre').isVisible()).toBe(false);
    expect(await page.locator('#mistakes ~ div th').allInnerTexts()).toContain('sum instead of mean <b>');
    expect(await page.locator('#untrue ~ ul').innerText()).toBe(
      'off-by-<one>\nq3c.w2 should pass, and fails\nscore 3 instead of 4',
    );
    const row = page.locator('.proven tbody tr', { hasText: 'q3c.w2' });
    expect(await row.innerText()).toMatch(/✓/);
    expect(await page.locator('.proven tbody tr', { hasText: 'q3c.b2' }).innerText()).not.toMatch(/✓/);
    await page.close();
  });

  test('a page with JavaScript switched off shows the marks, every failure, and opens what is folded', async () => {
    const { page } = await open('s0042/report.html', { javaScriptEnabled: false });
    expect(await page.locator('.score').innerText()).toBe('11 / 45');
    expect(await page.locator('article.card').count()).toBe(9);
    const passed = page.locator('details.passed').first();
    expect(await passed.locator('li').first().isVisible()).toBe(false);
    await passed.locator('summary').click();
    expect(await passed.locator('li').first().isVisible()).toBe(true);
    await page.close();
  });

  const seen = (page: Page) =>
    page.evaluate<string[]>(
      `[...document.querySelectorAll('.students tbody tr')].filter((row) => row.offsetParent !== null)
        .map((row) => [row.getBoundingClientRect().top, row.querySelector('a').textContent])
        .sort((a, b) => a[0] - b[0]).map(([, id]) => id)`,
    );

  test('the table is filtered and sorted without scripts', async () => {
    const { page } = await open('index.html', { javaScriptEnabled: false });
    await page.locator('#show-h').check();
    expect(await seen(page)).toEqual(['s0042', 's1010']);
    await page.locator('#show-all').check();
    const byName = await seen(page);
    await page.locator('#sort-total').check();
    const byTotal = await seen(page);
    expect(byTotal.toSorted()).toEqual(byName.toSorted());
    expect(byTotal).not.toEqual(byName);
    // Who was refused has no total.
    expect(byTotal.at(-1)).toBe('s1006');
    await page.close();
  });

  test('the script searches, shows who is behind a count, keeps what was set, and leads on from page to page', async () => {
    const { page, complaints } = await open('index.html');
    await page.locator('#sort-total').check();
    await page.locator('#search').fill('s101');
    expect((await seen(page)).toSorted()).toEqual(['s1010', 's1011', 's1012', 's1013', 's1014']);
    await page.reload();
    expect(await page.locator('#search').inputValue()).toBe('s101');
    const order = await seen(page);
    await page.locator('.students tbody').getByText(order[1]!, { exact: true }).click();
    const links = page.locator('.neighbours a');
    expect(await links.allInnerTexts()).toEqual(['Class', `← ${order[0]}`, `${order[2]} →`]);
    await links.last().click();
    expect(await page.locator('.eyebrow b').innerText()).toBe(order[2]);
    await page.locator('.neighbours a').first().click();
    await page.locator('#search').fill('');
    const who = page.locator('#by-task details.who').first();
    await page
      .locator('#by-task details')
      .first()
      .evaluate((fold) => fold.setAttribute('open', ''));
    await who.locator('summary').click();
    const behind = await who.locator('p a').allInnerTexts();
    await who.getByText('Show in the table').click();
    expect((await seen(page)).toSorted()).toEqual(behind.toSorted());
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a long list of students is names until it is opened, and links to each of them from then on', async () => {
    const root = join(out, 'large');
    await writeSite(results(classOf(120)), root);
    const { page, complaints } = await open('index.html', {}, root);
    await page.evaluate(`document.querySelector('details.who:has(.names)').id = 'long'`);
    const list = page.locator('#long');
    expect(await list.locator('p a').count()).toBe(0);
    const names = (await list.locator('.names').textContent())!.match(/s\d+/g)!;
    expect(names.length).toBeGreaterThan(40);
    const unfold = 'if (one.matches("details")) one.open = true;';
    await page.evaluate(`for (let one = document.getElementById('long'); one; one = one.parentElement) { ${unfold} }`);
    await list.getByText('Show in the table').click();
    expect(await list.locator('p a').allInnerTexts()).toEqual(names);
    expect(await list.locator('p a').last().getAttribute('href')).toBe(`${names.at(-1)}/report.html`);
    expect((await seen(page)).toSorted()).toEqual(names.toSorted());
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('the page that a student gets leads to nobody else', async () => {
    const { page } = await open('s0042/report.html');
    expect(await page.locator('.neighbours').isVisible()).toBe(false);
    expect(await readFile(join(out, 's0042', 'report.html'), 'utf8')).not.toMatch(/s10\d\d/);
    await page.close();
  });

  test('on paper everything that was folded is there', async () => {
    const { page } = await open('s0042/report.html');
    const row = page.locator('details.passed li').first();
    expect(await row.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await row.isVisible()).toBe(true);
    await page.close();
  });

  test('on paper the table of the class is as wide as the paper, and no number breaks', async () => {
    const { page } = await open('index.html');
    await page.emulateMedia({ media: 'print' });
    // What is said of two thousand students has more digits.
    await page.evaluate(
      `for (const of of document.querySelectorAll('.checks .of')) of.textContent = '1420 of 1998 students passed'`,
    );
    // A phone's, A4 between margins of 1.5 cm, and a screen's.
    for (const width of [390, 680, 1440]) {
      await page.setViewportSize({ width, height: 980 });
      if (width > 390) expect(await scrollWidth(page)).toBeLessThanOrEqual(width);
      expect([width, await brokenWords(page), await cutLabels(page), await crossings(page)]).toEqual([
        width,
        [],
        [],
        [],
      ]);
    }
    await page.close();
  });

  test('a formula is set in MathML, as it was read, and the right one is not there before grades are released', async () => {
    const { page } = await open('s0042/report.html', { javaScriptEnabled: false });
    const formula = page.locator('.formulas');
    expect(await formula.locator('math munder').count()).toBe(1);
    expect(await formula.innerText()).toContain('Your formula, as it was read');
    expect(await formula.innerText()).not.toContain('The right one');
    await page.close();
  });

  test('the keyboard reaches the skip link first, and it leads to the tasks', async () => {
    const { page } = await open('s0042/report.html');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the tasks');
    expect(await page.locator('.skip').evaluate((link) => (link as unknown as { offsetLeft: number }).offsetLeft)).toBe(
      0,
    );
    await page.keyboard.press('Enter');
    expect(await page.evaluate('location.hash')).toBe('#main');
    await page.close();
  });

  test('the browser reads hostile texts as texts, long ones within the page', async () => {
    const payload = `"'></pre></style><script>alert(1)</script><img src=x onerror=alert(1)>${'W'.repeat(400)}`;
    const hostile = everyString(results([showcase('x')], 'full'), (path) =>
      path === 'submissions.id' ? 'x' : payload,
    );
    const root = join(out, 'hostile');
    await writeSite(hostile, root);
    for (const file of ['x/report.html', 'index.html']) {
      const { page, complaints, strangers } = await open(file, { viewport: { width: 360, height: 800 } }, root);
      // Pictures of a notebook are there as data.
      expect(await page.locator('img:not([src^="data:image/png;base64,"])').count()).toBe(0);
      expect(await page.locator('script').count()).toBe(1);
      expect(await page.locator('h1').innerText()).toContain('<script>');
      expect([complaints, strangers()]).toEqual([[], []]);
      expect(await scrollWidth(page)).toBeLessThanOrEqual(360);
      await page.close();
    }
  });

  test('the policy of the page stops a script even if one got in', async () => {
    const root = join(out, 's0042');
    const html = await readFile(join(root, 'report.html'), 'utf8');
    const { page, complaints } = await open('s0042/report.html');
    await page.setContent(html.replace('</body>', '<script>document.title = "owned"</script></body>'));
    expect(await page.title()).not.toBe('owned');
    expect(complaints.join()).toContain('Content Security Policy');
    await page.close();
  });
});
