// Checks file locations, file names and lengths, the direction of imports, that the languages have the same
// catalogues, that layout names no side of the screen, and that no text contains unfinished or machine-specific words.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { importCycles } from './lib/import-cycles.mjs';
import { importFaults, nounNames } from './lib/import-rules.mjs';
import { physicalDirections } from './lib/physical-directions.mjs';
import { root } from './lib/root.mjs';
import { unusedExports } from './lib/unused-exports.mjs';

const GENERATED =
  /^(\.git|node_modules|\.next(-.*)?|build|data|secrets|generated|test-results|playwright-report|\.env(\.local)?|next-env\.d\.ts)$/;
const TOP_LEVEL = new Set(
  `.ci .dockerignore .env.example .github .gitignore .npmrc ARCHITECTURE.md CHANGELOG.md CONTRIBUTING.md Dockerfile LICENSE README.md
  SECURITY.md app bench biome.json components compose.yaml docs e2e instrumentation.ts lib next.config.mjs package-lock.json package.json playwright.config.ts
  postcss.config.mjs prisma prisma.config.ts scripts server.ts testing tsconfig.json vitest.config.ts`.split(/\s+/),
);
const FORBIDDEN_FOLDERS = /^(utils?|helpers?|common|misc|shared)$/;
/** Adapters: the one file of a noun that uses a foreign library or format. */
const NOUN_FILE =
  /^((model|contract|service|repository|webauthn|dns|jwt|json-schema|json-patch|transport|templates|secret|user-agent|qr-code|inflate|csv)(\.unit)?(\.test)?\.tsx?|(model|contract|service|repository|webauthn|templates)\/[a-z-]+(\.unit)?(\.test)?\.ts|[a-z-]+\.json)$/;
const KEBAB = /^[_.]?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
// Split in two, so that this file does not match itself.
const FORBIDDEN_WORDS = new RegExp(
  [
    'TO' + 'DO\\b',
    'FIX' + 'ME\\b',
    '[Cc]oming' + ' soon',
    '\\.on' + 'ly\\(',
    '\\.sk' + 'ip\\(',
    '@ts-' + '(ignore|nocheck)',
  ].join('|'),
);
/** The schema of PostgreSQL is a setting; lib/platform/db/table.ts adds it. */
const BARE_TABLE = /\b(FROM|JOIN|INTO|UPDATE) "[A-Z]\w+"/;
/** lib/platform/db/statement.ts adds it too; where a file uses it, only SQL for Prisma is checked. */
const HAS_STATEMENTS = /platform\/db\/(named-)?statement'/;
const BARE_TABLE_FOR_PRISMA = /(\$\w+Raw\w*(<[^(`]*>)?\(?|\bsql)`[^`]*\b(FROM|JOIN|INTO|UPDATE) "[A-Z]\w+"/;
const MACHINE_PATH = /(?<![\w.:/-])\/(work|farm|home|Users|root)\/\w/;
const WARN_LINES = 300;
const MAX_LINES = { code: 400, test: 600 };

const faults = [];
const warnings = [];
const files = list('.');
const sources = new Map();

for (const name of readdirSync(root)) {
  if (!GENERATED.test(name) && !TOP_LEVEL.has(name))
    faults.push(`${name}: not a top-level entry that ARCHITECTURE.md knows`);
}
for (const name of TOP_LEVEL) if (!existsSync(path.join(root, name))) faults.push(`${name}: named here, but missing`);
for (const file of files) {
  checkNames(file);
  if (/\.(tsx?|mjs|css|md|prisma|json|ya?ml|example)$/.test(file) && file !== 'package-lock.json') checkText(file);
}
checkCatalogues();
faults.push(...unusedExports(sources));
const texts = files.filter((file) => file.endsWith('.ts') || file.endsWith('.tsx'));
faults.push(...importCycles(new Map(texts.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]))));

for (const warning of warnings) console.log(`warning  ${warning}`);
for (const fault of faults) console.log(`fault    ${fault}`);
console.log(`${files.length} files, ${faults.length} faults, ${warnings.length} warnings`);
process.exit(faults.length ? 1 : 0);

function list(dir) {
  return readdirSync(path.join(root, dir)).flatMap((name) => {
    const file = path.posix.join(dir, name);
    if (name === 'node_modules' || (dir === '.' && GENERATED.test(name))) return [];
    return statSync(path.join(root, file)).isDirectory() ? list(file) : [file];
  });
}

function checkNames(file) {
  const parts = file.split('/');
  for (const folder of parts.slice(0, -1)) {
    if (FORBIDDEN_FOLDERS.test(folder)) faults.push(`${file}: a folder is a noun of the domain, not "${folder}"`);
  }
  // (auth), [id], [...path]; a parameter is named as in the public path, such as {credentialId}.
  const plain = parts.map((part) =>
    part.replace(/^\((.+)\)$/, '$1').replace(/^\[(?:\.\.\.)?([a-z][a-zA-Z]*)\]$/, (_, name) => name.toLowerCase()),
  );
  const isFree = parts.length === 1 || parts[1] === 'migrations';
  // "-" is not a valid slug: below it are pages outside any project (app/console/[organization]/-/settings).
  if (!isFree && !plain.every((part) => part === '-' || KEBAB.test(part))) faults.push(`${file}: names are kebab-case`);
  const [top, noun, ...rest] = parts;
  if (top === 'lib' && nounNames.includes(noun) && !NOUN_FILE.test(rest.join('/'))) {
    faults.push(
      `${file}: a noun has model(/part), contract(/part), service(/verb), repository(/part) and named adapters`,
    );
  }
}

function checkText(file) {
  const text = readFileSync(path.join(root, file), 'utf8');
  if (/\.(tsx?|mjs)$/.test(file)) sources.set(file, text);
  const lines = text.split('\n');
  lines.forEach((line, at) => {
    const found = line.match(FORBIDDEN_WORDS) ?? line.match(MACHINE_PATH);
    if (found) faults.push(`${file}:${at + 1}: "${found[0]}"`);
  });
  if (/^(app|lib)\/(?!platform\/db\/).*(?<!\.test)\.tsx?$/.test(file) && hasBareTable(text))
    faults.push(`${file}: raw SQL names a table by table('…')`);
  if (/\.(tsx?|mjs|css)$/.test(file)) {
    const most = /\.(test|spec)\.tsx?$/.test(file) ? MAX_LINES.test : MAX_LINES.code;
    if (lines.length > most) faults.push(`${file}: ${lines.length} lines, ${most} at most`);
    else if (lines.length > WARN_LINES) warnings.push(`${file}: ${lines.length} lines`);
  }
  faults.push(...importFaults(file, text), ...physicalDirections(file, text));
}

function hasBareTable(text) {
  return (HAS_STATEMENTS.test(text) ? BARE_TABLE_FOR_PRISMA : BARE_TABLE).test(text);
}

/** lib/i18n/messages/{en,de}: the compiler compares the keys, this function the files. */
function checkCatalogues() {
  const namespaces = (locale) => {
    const prefix = `lib/i18n/messages/${locale}/`;
    return files.filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length));
  };
  const [english, german] = [namespaces('en'), namespaces('de')];
  for (const name of english) if (!german.includes(name)) faults.push(`lib/i18n/messages/de/${name} is missing`);
  for (const name of german) if (!english.includes(name)) faults.push(`lib/i18n/messages/en/${name} is missing`);
  if (english.length === 0) faults.push('lib/i18n/messages/en has no catalogue');
}
