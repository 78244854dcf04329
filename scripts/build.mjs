// Builds what runs in production: Next's output and, bundled by esbuild, the front server and the command line.
// Rebuilds only when a source, a package or the Node version changed.
import './lib/node-version.mjs';
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generate, isGenerated } from './generate.mjs';
import { compressStatic } from './lib/compress-static.mjs';
import { install } from './lib/install.mjs';
import { withLock } from './lib/lock.mjs';
import { inRoot } from './lib/root.mjs';
import { runOrThrow } from './lib/run.mjs';
import { hashOf, isFresh, removeStamp, writeStamp } from './lib/stamp.mjs';

const SOURCES = ['lib', 'prisma', 'generated/.stamp', 'tsconfig.json', 'package-lock.json', 'scripts/build.mjs'];
const PAGES = ['app', 'components', 'server.ts', 'instrumentation.ts', 'next.config.mjs', 'postcss.config.mjs'];

/** Input files and folders of a build. */
export const buildInputs = [...SOURCES, ...PAGES];

/** Output folders of a build. Tests have their own, so that they never touch a build that may be running. */
export const buildPaths = (isTest) => ({
  distDir: isTest ? '.next-test' : '.next',
  server: inRoot(isTest ? 'build/server-test.mjs' : 'build/server.mjs'),
  cli: inRoot('build/cli.mjs'),
});

/** The whole build. Requires installed packages and the lock. */
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
    // The leftovers of a killed build may be the cause of this failure.
    const isFirstBuild = !existsSync(inRoot(distDir));
    await buildPages().catch((error) => {
      if (isFirstBuild) throw error;
      rmSync(inRoot(distDir), { recursive: true, force: true });
      return buildPages();
    });
    await compressStatic(inRoot(distDir));
    await bundleServer(server);
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

/** Whether `build` has nothing to do. Requires installed packages. */
export function isBuilt() {
  return isCliBuilt() && isFresh(pagesStamp(buildPaths(false).distDir), pagesHash());
}

/** Whether `buildCli` has nothing to do. Requires installed packages. */
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

/** Options of all bundles. Packages stay external unless said otherwise: they are loaded from node_modules. */
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

/** Loaded from node_modules: Next as it is traced, the native driver, and what Next's output also loads from there. */
const EXTERNAL = ['next', '@prisma/client', 'better-sqlite3', 'pg-native'];

/** Bundles the server with its packages: finding and reading their thousand files would take half of a start. */
export const bundleServer = (outfile) =>
  bundle(inRoot('server.ts'), outfile, {
    packages: 'bundle',
    external: EXTERNAL,
    define: { 'process.env.NODE_ENV': '"production"' },
    // For packages in CommonJS, which load modules of Node.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
  });

/** Bundles one of our files with all of our modules it imports. */
export async function bundle(entry, outfile, options = {}) {
  const esbuild = await import('esbuild');
  await esbuild.build({ ...bundleOptions(entry, outfile), ...options });
  await esbuild.stop(); // its helper process would live as long as the server
}

// `npm run build` by hand: builds all that `npm start` needs, so that another user can start it.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await withLock(async () => {
    await install();
    await build();
  });
}
