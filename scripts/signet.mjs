// npm run signet -- <noun> <verb>: the command line. Nothing but its own words goes to stdout; preparation talks on stderr.
import './parts/node-version.mjs';
import { pathToFileURL } from 'node:url';
import { buildCli, buildPaths, isCliBuilt } from './build.mjs';
import { install, isInstallReady } from './parts/install.mjs';
import { withLock } from './parts/lock.mjs';
import { root } from './parts/root.mjs';
import { loadSettings } from './parts/settings.mjs';

process.chdir(root);
process.env.NODE_ENV = 'production';
try {
  loadSettings();
  if (!(await isInstallReady({ dev: false })) || !isCliBuilt())
    await withLock(async () => {
      await install({ dev: false });
      await buildCli();
    });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
await import(pathToFileURL(buildPaths(false).cli).href);
