// npm run signet -- <noun> <verb>: the command line. Only its own output goes to stdout; preparation reports on stderr.
import './lib/node-version.mjs';
import { pathToFileURL } from 'node:url';
import { buildCli, buildPaths, isCliBuilt } from './build.mjs';
import { install, isInstallReady } from './lib/install.mjs';
import { withLock } from './lib/lock.mjs';
import { root } from './lib/root.mjs';
import { loadSettings } from './lib/settings.mjs';

process.chdir(root);
process.env.NODE_ENV = 'production';
try {
  loadSettings();
  if (!(await isInstallReady({ dev: false })) || !isCliBuilt())
    await withLock(async () => {
      await install();
      await buildCli();
    });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
await import(pathToFileURL(buildPaths(false).cli).href);
