// npm run dev: the server with Next in development. Pages reload on save; a changed source of the front server rebuilds
// and restarts it.
import './lib/node-version.mjs';
import { spawn } from 'node:child_process';
import { bundleOptions } from './build.mjs';
import { generate } from './generate.mjs';
import { install } from './lib/install.mjs';
import { withLock } from './lib/lock.mjs';
import { inRoot, root } from './lib/root.mjs';
import { quietEnv } from './lib/run.mjs';
import { ensureSecret, loadSettings } from './lib/settings.mjs';

process.chdir(root);
try {
  loadSettings();
  await withLock(async () => {
    await install();
    await ensureSecret();
    await generate();
  });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const outfile = inRoot('build/server-dev.mjs');
let server;
let isStopping = false;

const restarting = {
  name: 'restart',
  setup: (bundler) =>
    bundler.onEnd(({ errors }) => {
      if (errors.length || isStopping) return;
      if (server) server.once('exit', start).kill('SIGTERM');
      else start();
    }),
};

/** Next reloads app itself, so a change there needs no restart. */
const leavingApp = {
  name: 'app',
  setup: (bundler) => bundler.onResolve({ filter: /^@\/app\// }, () => ({ external: true })),
};

function start() {
  if (isStopping) return;
  const env = { ...process.env, ...quietEnv, NODE_ENV: 'development' };
  const child = spawn(process.execPath, ['--enable-source-maps', outfile, '--dev'], { stdio: 'inherit', env });
  server = child;
  child.once('exit', (code) => {
    if (server === child) server = undefined;
    if (isStopping) process.exit(code ?? 1);
  });
}

const { context } = await import('esbuild');
const bundler = await context({ ...bundleOptions(inRoot('server.ts'), outfile), plugins: [leavingApp, restarting] });
await bundler.watch();

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    isStopping = true;
    if (server) server.kill(signal);
    else process.exit(0);
  });
}
