// npm start: from a fresh clone to a running server. Installs, writes a secret into .env, builds, each only when
// needed; then this very process becomes the server (build/server.mjs), so that signals and the exit code need no
// forwarding.
import './lib/node-version.mjs';
import { pathToFileURL } from 'node:url';
import { build, buildPaths, isBuilt } from './build.mjs';
import { install, isInstallReady } from './lib/install.mjs';
import { withLock } from './lib/lock.mjs';
import { root } from './lib/root.mjs';
import { quietEnv } from './lib/run.mjs';
import { ensureSecret, hasSecret, loadSettings } from './lib/settings.mjs';

process.chdir(root);
Object.assign(process.env, quietEnv, { NODE_ENV: 'production' });
try {
  loadSettings();
  // A finished build needs no lock: it is also served from a folder this user cannot write to, or a read-only disk.
  const isReady = async () => (await isInstallReady({ dev: false })) && isBuilt();
  if (!hasSecret() || !(await isReady()))
    await withLock(async () => {
      if (!(await isReady())) await install();
      await ensureSecret();
      await build();
    });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
await import(pathToFileURL(buildPaths(false).server).href);
