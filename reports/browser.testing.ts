/** The browser in which pages are tried. The headless shell comes first: it draws no window and costs half of what Chromium does. */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Undefined where there is none. */
export const browserPath = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find(existsSync);

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
];

export const launchBrowser = (): Promise<Browser> => chromium.launch({ executablePath: browserPath!, args });
