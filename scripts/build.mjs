// Builds what runs in production: Next's output and, bundled by esbuild, the server before it and the command line.
// Everything is made again only when a source, a package or the Node version changed.
import './lib/node-version.mjs';
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generate, isGenerated } from './generate.mjs';
import { install } from './lib/install.mjs';
import { withLock } from './lib/lock.mjs';
import { inRoot } from './lib/root.mjs';
import { runOrThrow } from './lib/run.mjs';
import { hashOf, isFresh, removeStamp, writeStamp } from './lib/stamp.mjs';

const SOURCES = ['lib', 'prisma', 'generated/.stamp', 'tsconfig.json', 'package-lock.json', 'scripts/build.mjs'];
const PAGES = ['app', 'components', 'server.ts', 'instrumentation.ts', 'next.config.mjs', 'postcss.config.mjs'];

/** Files and folders that a build is made from. */
export const buildInputs = [...SOURCES, ...PAGES];

/** Where the parts of a build go. Tests have one of their own, so that they never touch the one that may be running. */
export const buildPaths = (isTest) => ({
  distDir: isTest ? '.next-test' : '.next',
  server: inRoot(isTest ? 'build/server-test.mjs' : 'build/server.mjs'),
  cli: inRoot('build/cli.mjs'),
});

/** The whole build. Call it with packages installed, under the lock. */
export async function build({ isTest = false } = {}) {
  await generate();
  const { distDir, server } = buildPaths(isTest);
  const stamp = pagesStamp(distDir);
  const hash = pagesHash();
  if (!isFresh(stamp, hash)) {
    console.error('Building …');
    removeStamp(stamp);
    const next = inRoot('node_modules/next/dist/bin/next');
    const env = { NODE_ENV: 'production', SIGNET_DIST_DIR: distDir };
    const buildPages = () => runOrThrow(process.execPath, [next, 'build'], { capture: true, env });
    // What a killed build left may be what this one failed of.
    const isAnew = !existsSync(inRoot(distDir));
    await buildPages().catch((error) => {
      if (isAnew) throw error;
      rmSync(inRoot(distDir), { recursive: true, force: true });
      return buildPages();
    });
    await bundle(inRoot('server.ts'), server);
    writeStamp(stamp, hash);
  }
  await buildCli();
}

/** The command line alone: a fraction of a second. */
export async function buildCli() {
  await generate();
  const { cli } = buildPaths(false);
  const hash = cliHash();
  if (isFresh(cliStamp, hash)) return;
  removeStamp(cliStamp);
  await bundle(inRoot('lib/cli/main.ts'), cli);
  writeStamp(cliStamp, hash);
}

/** Whether `build` has nothing to do. Call it with packages installed. */
export function isBuilt() {
  return isCliBuilt() && isFresh(pagesStamp(buildPaths(false).distDir), pagesHash());
}

/** Whether `buildCli` has nothing to do. Call it with packages installed. */
export const isCliBuilt = () => isGenerated() && isFresh(cliStamp, cliHash());

const hashOfNamed = (names) =>
  hashOf(
    names.map((name) => inRoot(name)),
    process.version,
  );
const cliHash = () => hashOfNamed(SOURCES);
const cliStamp = inRoot('build/.cli-stamp');
const pagesHash = () => hashOfNamed(buildInputs);
const pagesStamp = (distDir) => inRoot(distDir, '.signet-build');

/** Options of both bundles and of `npm run dev`. Packages stay outside: they are loaded from node_modules. */
export const bundleOptions = (entry, outfile) => ({
  entryPoints: [entry],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  alias: { '@': inRoot() },
  sourcemap: true,
  logLevel: 'warning',
});

/** One file of ours with all that it imports of ours. */
export async function bundle(entry, outfile) {
  const esbuild = await import('esbuild');
  await esbuild.build(bundleOptions(entry, outfile));
  await esbuild.stop(); // its helper process would live as long as the server
}

// By hand, as `npm run build`: all that `npm start` needs, so that another user may start what this one has built.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await withLock(async () => {
    await install();
    await build();
  });
}
