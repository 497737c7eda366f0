/** The marking pages in a real browser, marked by keyboard alone. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { serve, type ServerType } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Gradebook } from '../../graders/gradebook/store.ts';
import { openGradebook } from '../../graders/gradebook/store.ts';
import { gradeClass } from '../../graders/marking/class.testing.ts';
import type { Desk } from '../../graders/marking/desk.ts';
import { openDesk } from '../../graders/marking/desk.ts';
import { browserPath, launchBrowser } from '../browser.testing.ts';
import { markingApp } from './app.ts';

describe.skipIf(browserPath === undefined)(browserPath ?? 'NO BROWSER FOUND: marking is not tested', () => {
  let browser: Browser;
  let server: ServerType;
  let book: Gradebook;
  let desk: Desk;
  let address: string;
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

  beforeAll(async () => {
    book = openGradebook();
    gradeClass(book, ['ann', 'ben', 'cem', 'dan', 'eve', 'fay', 'gil', 'hal']);
    desk = openDesk(book, () => new Date('2026-11-03T10:00:00Z'));
    let host = '';
    const app = markingApp({ desk, token: 'token', host: () => host, who: 'kim' });
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
    await new Promise((listens) => server.once('listening', listens));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    address = `http://${host}/?token=token`;
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
    book?.close();
  });

  async function open(look: Parameters<Browser['newPage']>[0] = {}): Promise<{ page: Page; complaints: string[] }> {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light', ...look });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(address);
    return { page, complaints };
  }

  test('a question is marked by keys: items, comment, save and next, take back', async () => {
    const { page, complaints } = await open();
    await page.getByRole('link', { name: /softmax/ }).click();
    await page.waitForURL(/task\/Q1\/./);
    await page.waitForSelector('output');
    const first = page.url();
    await page.keyboard.press('1');
    await page.keyboard.press('3');
    expect(await page.locator('output').textContent()).toBe('3 of 5');
    await page.keyboard.press('c');
    await page.keyboard.type('Clear, 1 small gap.');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/done=Gave\+3/);
    expect(page.url()).not.toContain(first);
    const marked = () => desk.look().tasks[0]!.answers.flatMap(({ task }) => task.marked ?? []);
    expect(marked()).toMatchObject([
      { items: ['rule', 'shape'], points: 3, comment: 'Clear, 1 small gap.', by: 'kim' },
    ]);
    await page.keyboard.press('u');
    await page.waitForURL(/done=Took\+back/);
    expect(marked()).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('? shows every key of the page, where it is seen', async () => {
    const { page } = await open({ viewport: { width: 1280, height: 600 } });
    await page.getByRole('link', { name: /softmax/ }).click();
    await page.waitForURL(/task\/Q1\/./);
    await page.keyboard.press('?');
    const list = page.locator('details.keys');
    const { y, height } = (await list.boundingBox())!;
    expect(y + height).toBeLessThanOrEqual(600);
    const told = await list.locator('kbd').allTextContents();
    const keys = await page.locator('[data-key]').evaluateAll((all) => all.map((one) => one.getAttribute('data-key')!));
    const named = keys.map((key) => (key === 'ctrl+enter' ? 'Ctrl ↵' : key)).filter((key) => !/\d/.test(key));
    expect(named.filter((key) => !told.includes(key))).toEqual([]);
    await page.close();
  });

  test('without scripts everything works as plain forms', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    await page.getByRole('link', { name: /step function/ }).click();
    await page.getByRole('checkbox').first().check();
    await page.getByRole('button', { name: /^Save, next/ }).click();
    await page.waitForURL(/done=Gave\+3/);
    expect(desk.look().tasks[1]!.answers.filter(({ task }) => task.marked !== undefined)).toHaveLength(1);
    await page.close();
  });

  test('keys can be switched off, and what is written in a field is no key', async () => {
    const { page } = await open();
    await page.getByRole('link', { name: /softmax/ }).click();
    await page.locator('textarea[name=note]').fill('');
    await page.locator('textarea[name=note]').pressSequentially('12 n');
    expect(await page.locator('input[name=item]:checked').count()).toBe(0);
    await page.getByText('Settings').click();
    await page.getByLabel('Keys of the keyboard').uncheck();
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.waitForSelector('[data-keys=off]');
    await page.keyboard.press('1');
    expect(await page.locator('input[name=item]:checked').count()).toBe(0);
    await page.close();
  });

  test.each(['light', 'dark'] as const)(
    'no barrier is found, and nothing is cut from phone to desk: %s',
    async (colorScheme) => {
      const { page } = await open({ colorScheme });
      // The dark pages differ in their colours; and what passes is not written down, which is most of the work.
      const contrast = { runOnly: { type: 'rule', values: ['color-contrast'] } };
      const rules = JSON.stringify({ resultTypes: ['violations'], ...(colorScheme === 'dark' && contrast) });
      const pages = ['/', desk.look().tasks[0]!.id].map((part) => (part === '/' ? '/' : `/task/${part}`));
      for (const path of [...pages, '/task/Q1/rubric']) {
        await page.goto(new URL(path, address).href);
        // As a reader's tool and not as the page, whose policy lets no other script in.
        const { violations } = (await page.evaluate(`(() => { ${axe}; return axe.run(${rules}); })()`)) as {
          violations: { id: string }[];
        };
        expect(violations.map(({ id }) => id)).toEqual([]);
        for (const width of [360, 390, 768, 1440]) {
          await page.setViewportSize({ width, height: 800 });
          const wide = (await page.evaluate('document.documentElement.scrollWidth')) as number;
          expect(wide, `${path} at ${width}`).toBeLessThanOrEqual(width);
          // The words of a rubric are there to be read: their fields have all their lines.
          const cut = `[...document.querySelectorAll('[name=title]')].filter((field) => field.scrollHeight > field.clientHeight + 1 || field.scrollWidth > field.clientWidth + 1).map((field) => field.value)`;
          expect(await page.evaluate(cut), `${path} at ${width}`).toEqual([]);
        }
      }
      await page.close();
    },
  );
});
