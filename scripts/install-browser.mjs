// npm run e2e:browser: a Chromium for the end-to-end tests. One that is there is taken; root on Debian or Ubuntu gets the
// distribution's, anybody else Playwright's.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';

/** Resolves to where the browser is, or throws. */
export async function ensureBrowser() {
  const { findChromium } = await import('../e2e/browser.mjs');
  if (findChromium()) return findChromium();
  console.error('Installing a browser for the end-to-end tests …');
  for (const attempt of attempts()) {
    await attempt();
    // apt-get may fail for another package's sake although Chromium is there: the file counts, not the exit code.
    if (findChromium()) return findChromium();
  }
  throw new Error('No browser found or installable; set CHROMIUM_PATH to a Chromium or Chrome executable.');
}

function attempts() {
  const aptGet = (...args) => run('apt-get', args, { env: { DEBIAN_FRONTEND: 'noninteractive' } });
  const install = () => aptGet('install', '-y', '--no-install-recommends', 'chromium');
  const update = () => aptGet('update');
  const playwright = () => run(process.execPath, [inRoot('node_modules/playwright/cli.js'), 'install', 'chromium']);
  const canUseApt = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  return canUseApt ? [install, () => update().then(install), playwright] : [playwright];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await ensureBrowser());
