import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/** A Chromium on this machine: CHROMIUM_PATH, Playwright's own, or the system's. */
export function findChromium() {
  const places = [
    process.env.CHROMIUM_PATH,
    chromium.executablePath(),
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  return places.find((place) => place && existsSync(place));
}
