// node scripts/runtime.mjs <folder>: copies only what a running server and the command line need. Packages are traced
// file by file from the build, so build tools, types and bundled packages stay behind.
import { cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import './lib/node-version.mjs';
import { buildPaths, isBuilt } from './build.mjs';
import { sizeOf } from './lib/folder-size.mjs';
import { inRoot, root } from './lib/root.mjs';

const DIST = buildPaths(false).distDir;
/** Read by path at run time, which no tracing sees. */
const FILES = [
  'LICENSE',
  'next.config.mjs',
  'build/server.mjs',
  'build/cli.mjs',
  'prisma/migrations',
  // Next looks for them while it reads its settings, though it loads none.
  'node_modules/next/dist/compiled/webpack',
  'node_modules/next/dist/compiled/@babel/runtime/package.json',
];
/** Parts of Next's output that only builds, editors and debuggers read. */
const NOT_OF_DIST = /^(cache|diagnostics|types|trace.*|turbopack|build|\.signet-build)$|\.(map|nft\.json)$/;
/** sharp serves next/image, which is off (`images.unoptimized`). */
const NOT_PACKAGES = /^node_modules\/(sharp|@img)\//;
/** Loaded by a custom server's `next()` only in development, while building, or for images. */
const NOT_OF_NEXT = [
  '**/*.{d.ts,map}',
  '**/node_modules/{sharp,@img}/**',
  '**/node_modules/react{,-dom}/**/*.development.js',
  '**/next/dist/{docs,next-devtools,pages}/**',
  '**/next/dist/compiled/{@edge-runtime,@modelcontextprotocol,babel,babel-packages,crypto-browserify,next-devtools}/**',
  '**/next/dist/compiled/{next-server/**/*.dev.js,postcss-preset-env/**}',
  '**/next/dist/server/{dev/**,image-optimizer*,lib/route-resolver*}',
];
/** The native driver finds its library by a name composed at run time. */
const NATIVE = 'node_modules/better-sqlite3';
/** Neither its sources nor libraries for other platforms. */
const NOT_OF_NATIVE = /^(deps|src)$|^build\/(?!Release$|Release\/better_sqlite3\.node$)|^prebuilds\/.*\.node$/;
const OF_NATIVE = new RegExp(`^prebuilds/${process.platform}(musl)?-${process.arch}\\.node$`);

/** @param {string} target */
export async function copyRuntime(target) {
  if (!isBuilt()) throw new Error('There is no build of these sources: run npm run build first.');
  rmSync(target, { recursive: true, force: true });
  const copy = (name, filter) => {
    mkdirSync(path.dirname(path.join(target, name)), { recursive: true });
    cpSync(inRoot(name), path.join(target, name), { recursive: true, verbatimSymlinks: true, filter });
  };
  for (const name of FILES) copy(name);
  copy(DIST, (from) => !NOT_OF_DIST.test(path.relative(inRoot(DIST), from)));
  for (const name of await tracedPackageFiles()) copy(name);
  copy(NATIVE, (from) => {
    const name = path.relative(inRoot(NATIVE), from);
    return OF_NATIVE.test(name) || !NOT_OF_NATIVE.test(name);
  });
  writePackage(target);
}

/** By Next's own tracer, the one that `output: 'standalone'` uses. */
async function tracedPackageFiles() {
  const { nodeFileTrace } = createRequire(import.meta.url)('next/dist/compiled/@vercel/nft');
  const trace = async (entries, ignore) => [
    ...(
      await nodeFileTrace(
        entries.map((name) => inRoot(name)),
        { base: root, processCwd: root, ignore },
      )
    ).fileList,
  ];
  const found = await Promise.all([
    trace(['build/server.mjs', 'build/cli.mjs'], ['node_modules/next/**']),
    trace(['node_modules/next/dist/server/next.js'], NOT_OF_NEXT), // Next traces this one for 'standalone' alone
    ...[inRoot(DIST, 'next-server.js.nft.json'), ...filesIn(inRoot(DIST, 'server'), '.nft.json')].map(readTrace),
  ]);
  const isWanted = (name) =>
    name.startsWith('node_modules/') && !name.startsWith(`${NATIVE}/`) && !NOT_PACKAGES.test(name);
  const names = [...new Set(['node_modules/next/package.json', ...found.flat()])];
  return names.filter((name) => isWanted(name) && !lstatSync(inRoot(name)).isDirectory());
}

/** The trace that Next wrote beside its output: files, relative to that of the trace. */
function readTrace(file) {
  return JSON.parse(readFileSync(file, 'utf8')).files.map((name) =>
    path.relative(root, path.resolve(file, '..', name)),
  );
}

function filesIn(dir, ending) {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => path.join(dir, name));
}

/** Node reads it to decide whether the files are modules. */
function writePackage(target) {
  const { name, version, license, type } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  writeFileSync(
    path.join(target, 'package.json'),
    `${JSON.stringify({ name, version, license, private: true, type }, null, 2)}\n`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = process.argv[2];
  if (!target) {
    console.error('usage: node scripts/runtime.mjs <folder>');
    process.exit(2);
  }
  await copyRuntime(path.resolve(target));
  console.log(`${path.resolve(target)}: ${(sizeOf(target) / 1e6).toFixed(1)} MB`);
}
