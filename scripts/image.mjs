// node scripts/image.mjs: assembles the container image's contents without Docker, by the instructions of the
// Dockerfile, in an empty folder; starts it as the image's user on SQLite and on PostgreSQL; tries health check, setup
// link, command line and API; and prints the contents and size of the image. Requires root on Linux, to switch to that
// user. --keep leaves the folder.
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import './lib/node-version.mjs';
import { commandOf, contextOf, lastOf, parseCopy, parseDockerfile, parseEnvWords } from './lib/dockerfile.mjs';
import { sizeOf } from './lib/folder-size.mjs';
import { tryImage } from './lib/image-trial.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { inRoot } from './lib/root.mjs';

if (process.platform !== 'linux' || process.getuid?.() !== 0) {
  console.error(
    'node scripts/image.mjs needs root on Linux: the image runs as another user than the one that builds it.',
  );
  process.exit(2);
}

const place = mkdtempSync(path.join(os.tmpdir(), 'signet-image-'));
chmodSync(place, 0o755);
const stages = parseDockerfile(readFileSync(inRoot('Dockerfile'), 'utf8'));
try {
  const roots = new Map();
  for (const [at, stage] of stages.entries()) {
    const stageRoot = path.join(place, `stage-${at}`);
    roots.set(stage.name, stageRoot);
    await makeStage(stage, stageRoot, roots);
  }
  const [image] = stages.slice(-1);
  const app = path.join(place, `stage-${stages.length - 1}`, lastOf(image, 'WORKDIR'));
  list(app);
  const [uid, gid] = lastOf(image, 'USER').split(':').map(Number);
  const given = {
    app,
    uid,
    gid,
    env: parseEnvWords(lastOf(image, 'ENV')),
    command: commandOf(lastOf(image, 'CMD')),
    healthCheck: commandOf(lastOf(image, 'HEALTHCHECK')),
    stopSignal: lastOf(image, 'STOPSIGNAL'),
    writable: path.join(place, `stage-${stages.length - 1}`, lastOf(image, 'VOLUME')),
  };
  await tryImage({ ...given, name: 'SQLite' });
  const postgres = await startPostgres();
  await tryImage({ ...given, name: 'PostgreSQL', databaseUrl: postgres.url() }).finally(() => postgres.stop());
} finally {
  if (process.argv.includes('--keep')) console.log(`kept: ${place}`);
  else rmSync(place, { recursive: true, force: true });
}

/** Instructions that change files; the others describe how the image runs. */
async function makeStage({ base, name, instructions }, stageRoot, roots) {
  console.log(`\n== ${name ?? 'image'} (${base}; here Node ${process.versions.node})`);
  let folder = stageRoot;
  const env = {};
  const under = (target) => (path.isAbsolute(target) ? path.join(stageRoot, target) : path.join(folder, target));
  for (const { name: kind, words } of instructions) {
    if (kind === 'WORKDIR') folder = under(words);
    mkdirSync(folder, { recursive: true });
    if (kind === 'ENV') Object.assign(env, parseEnvWords(words));
    else if (kind === 'COPY') copy(parseCopy(words), roots, under);
    else if (kind === 'RUN') await shell(words, folder, env);
  }
}

function copy({ from, sources, target }, roots, under) {
  const context = contextOf(readFileSync(inRoot('.dockerignore'), 'utf8'));
  const cp = (source, to) => cpSync(source, to, { recursive: true, verbatimSymlinks: true });
  for (const source of sources) {
    console.log(`COPY ${from ? `${from}:` : ''}${source}`);
    if (from) cp(path.join(roots.get(from), source), under(target));
    else for (const name of source === '.' ? context : [source]) cp(inRoot(name), path.join(under(target), name));
  }
}

function shell(words, cwd, env) {
  console.log(`RUN ${words}`);
  const started = Date.now();
  const child = spawn('sh', ['-c', words], {
    cwd,
    env: { ...bareEnv(), ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      console.log(`    ${((Date.now() - started) / 1000).toFixed(0)} s`);
      if (code === 0) resolve(undefined);
      else reject(new Error(`RUN ${words}: exit code ${code}`));
    });
  });
}

/** The environment a machine needs to reach its registry, without settings of this project. */
function bareEnv() {
  const isKept = (name) =>
    /^(PATH|HOME|TMPDIR|LANG|(npm_config_|https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS).*)$/i.test(name);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => isKept(name)));
}

/** The contents of the image on top of its base, and the size of each part. */
function list(app) {
  const rows = entries(app).flatMap((name) =>
    name === 'node_modules' ? packages(app).map((one) => `node_modules/${one}`) : [name],
  );
  const sized = rows.map((name) => ({ name, size: sizeOf(path.join(app, name)) })).sort((a, b) => b.size - a.size);
  console.log('\n== content');
  for (const { name, size } of sized) console.log(`${(size / 1e6).toFixed(2).padStart(8)} MB  ${name}`);
  const total = sized.reduce((sum, { size }) => sum + size, 0);
  console.log(`${(total / 1e6).toFixed(2).padStart(8)} MB  in all, beside the base image`);
}

function entries(dir) {
  return readdirSync(dir).sort();
}

function packages(app) {
  const dir = path.join(app, 'node_modules');
  return entries(dir).flatMap((name) =>
    name.startsWith('@') && statSync(path.join(dir, name)).isDirectory()
      ? entries(path.join(dir, name)).map((scoped) => `${name}/${scoped}`)
      : [name],
  );
}
