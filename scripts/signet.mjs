// npm run signet -- <noun> <verb>: the command line. Nothing but its own words goes to stdout; preparation talks on stderr.
import './parts/node-version.mjs';
import { pathToFileURL } from 'node:url';
import { buildCli, buildPaths } from './build.mjs';
import { install } from './parts/install.mjs';
import { withLock } from './parts/lock.mjs';
import { root } from './parts/root.mjs';
import { loadSettings } from './parts/settings.mjs';

process.chdir(root);
loadSettings();
process.env.NODE_ENV = 'production';
try {
  await withLock(async () => {
    await install({ dev: false });
    await buildCli();
  });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
await import(pathToFileURL(buildPaths(false).cli).href);
