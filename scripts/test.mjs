// npm test: every check and every test, from a fresh clone on. A failing stage is shown in full and the others still
// run; the end names what failed, and the last line counts each check and each test. The exit code is 1 when anything
// failed.
import './lib/node-version.mjs';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { build } from './build.mjs';
import { generate } from './generate.mjs';
import { ensureBrowser } from './install-browser.mjs';
import { install } from './lib/install.mjs';
import { withLock } from './lib/lock.mjs';
import { inRoot, root } from './lib/root.mjs';
import { run, runOrThrow } from './lib/run.mjs';

process.chdir(root);
const total = { passed: 0, failed: 0 };
const failures = [];
const tool = (name) => inRoot('node_modules', ...name.split('/'));
const vitestReport = inRoot('build/vitest.json');
const playwrightReport = inRoot('build/playwright.json');

const isReady = await stage('Packages and generated clients', () =>
  withLock(async () => {
    await install();
    await generate();
  }),
);
if (isReady) await runStages();
if (failures.length > 0) console.log(`Failed:\n${failures.map((failure) => `- ${failure}`).join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function runStages() {
  mkdirSync(inRoot('build'), { recursive: true });
  // Tests wait for databases and timers, and some checks run on one core: side by side they keep all cores busy.
  const [isBuilt] = await Promise.all([runChecks(), runVitest()]);
  const hasBrowser = await stage('Browser', ensureBrowser);
  if (!isBuilt || !hasBrowser) return;
  await suite('End-to-end tests', playwrightReport, countPlaywright, () =>
    run(process.execPath, [tool('@playwright/test/cli.js'), 'test', '--reporter=list,json'], {
      capture: true,
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport },
    }),
  );
}

/** The fast ones first. Resolves to whether the build, the last one, passed. */
async function runChecks() {
  await stage('Format and lint', () =>
    node(tool('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '--max-diagnostics=none', '.'),
  );
  await stage('Structure', () => node('scripts/check-structure.mjs'));
  await stage('Lock file', () => node('scripts/check-lock.mjs'));
  await stage('Migrations', () => node('scripts/new-migration.mjs', '--check'));
  await stage('Settings', () => node('scripts/check-settings.mjs'));
  await stage('Types', async () => {
    await node(tool('next/dist/bin/next'), 'typegen'); // the signatures of pages and handlers
    await node(tool('typescript/bin/tsc'), '--noEmit');
  });
  return stage('Production build', () => withLock(() => build({ isTest: true })));
}

function runVitest() {
  return suite('Unit and integration tests', vitestReport, countVitest, () =>
    run(
      process.execPath,
      [tool('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
      {
        capture: true,
      },
    ),
  );
}

function node(...args) {
  return runOrThrow(process.execPath, args, { capture: true });
}

/** A check: counts one. Resolves to whether it passed. */
async function stage(title, work) {
  const started = begin(title);
  try {
    await work();
    report(title, started, { passed: 1, failed: 0 });
    return true;
  } catch (error) {
    failures.push(title);
    report(title, started, { passed: 0, failed: 1 }, error.message);
    return false;
  }
}

/** Test suites: each test counts, read from the runner's own report. */
async function suite(title, reportFile, count, work) {
  const started = begin(title);
  rmSync(reportFile, { force: true });
  const { code, output } = await work();
  const { names, ...counts } = count(readReport(reportFile));
  // A file that cannot be loaded, an error outside any test, or no test at all also counts as a failure.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  if (counts.passed + counts.failed === 0) counts.failed = 1;
  if (counts.failed > 0) failures.push(...(names.length > 0 ? names : [title]));
  report(title, started, counts, output);
}

function begin(title) {
  console.log(`   ${title} …`);
  return Date.now();
}

/** In one piece, because stages run side by side. */
function report(title, started, { passed, failed }, output) {
  total.passed += passed;
  total.failed += failed;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`\n== ${title}`);
  if (failed > 0) console.log(output);
  console.log(`${failed === 0 ? 'ok' : 'FAILED'}: ${passed} passed, ${failed} failed (${seconds} s)\n`);
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // the runner ended before it could write one
  }
}

/** A file that could not be loaded, or whose setup failed, has no failed test: it counts as one. */
function countVitest(report) {
  const { numPassedTests: passed = 0, testResults: files = [] } = report ?? {};
  const names = files.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => `${name}: ${test.fullName}`);
    return status === 'failed' && failed.length === 0 ? [name] : failed;
  });
  return { passed, failed: names.length, names: names.map((name) => name.replace(`${root}/`, '')) };
}

function countPlaywright(report) {
  const { expected = 0, flaky = 0, unexpected = 0 } = report?.stats ?? {};
  return { passed: expected + flaky, failed: unexpected, names: failedStories(report?.suites ?? []) };
}

function failedStories(suites) {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => [
    ...specs.filter((spec) => !spec.ok).map((spec) => `e2e/${spec.file}:${spec.line}: ${spec.title}`),
    ...failedStories(inner),
  ]);
}
