// npm run e2e:browser: a Chromium for the end-to-end tests. Uses an installed one; otherwise root on Debian or Ubuntu
// installs the distribution's, other users Playwright's.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';

/** Resolves to the browser's path, or throws. */
export async function ensureBrowser() {
  const { findChromium } = await import('../e2e/browser.mjs');
  if (findChromium()) return findChromium();
  console.error('Installing a browser for the end-to-end tests …');
  for (const attempt of attempts()) {
    await attempt();
    // apt-get may fail because of another package although Chromium is installed: the file counts, not the exit code.
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
