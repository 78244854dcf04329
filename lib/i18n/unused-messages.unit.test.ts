import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PERSON_NAMESPACES } from './catalogue';
import { en } from './messages/en';

type Tree = { [key: string]: string | Tree };

/** Messages selected by a value: an event's type, a refusal's code, a trait's name, a job's kind, the state of saving. */
const PICKED = [
  'authorize.faults',
  'activity',
  'consoleAudit.sentence',
  'consoleJobs.kinds',
  'consoleJobs.reasons',
  'errors',
  'settings.trait',
  'consoleCredentials.states',
  'consoleCredentials.settings.saved',
  'consoleCredentials.settings.unchanged',
];

const ROOT = path.join(import.meta.dirname, '../..');

/** The strings in a source file: `names` are plain, `patterns` contain placeholders, such as `${kind}.subject`. */
type Source = { names: Set<string>; patterns: RegExp[] };

function readSource(text: string): Source {
  const names = new Set([...text.matchAll(/'([\w.-]+)'/g)].map(([, name = '']) => name));
  const patterns = [...text.matchAll(/`((?:[\w.-]|\$\{[^}`]+\})+)`/g)]
    .map(([, template = '']) => template.replaceAll(/\$\{[^}]+\}/g, '*'))
    .filter((template) => template.includes('*'))
    .map((template) => new RegExp(`^${template.replaceAll('.', '\\.').replaceAll('*', '.+')}$`));
  return { names, patterns };
}

function keysOf(tree: Tree, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`),
  );
}

/** A source file uses a message when it contains the start of its key, for `translator`, and the rest, for `t`. */
function uses({ names, patterns }: Source, key: string): boolean {
  const parts = key.split('.');
  return parts.slice(1).some((_, index) => {
    const rest = parts.slice(index + 1).join('.');
    const scope = parts.slice(0, index + 1).join('.');
    return names.has(scope) && (names.has(rest) || patterns.some((pattern) => pattern.test(rest)));
  });
}

const textOf = (folder: string, file: string) => readFileSync(path.join(ROOT, folder, file), 'utf8');
const sourceFiles = ['app', 'components', 'lib'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.includes('messages'))
    .map((file) => ({ name: `${folder}/${file}`, text: textOf(folder, file) })),
);
/** The templates of mails share one translator: together they are one source. */
const isTemplate = ({ name }: { name: string }) => name.startsWith('lib/mail/templates');
const templates = sourceFiles.filter(isTemplate).map(({ text }) => text);
const sources = [
  ...sourceFiles.filter((file) => !isTemplate(file)).map(({ text }) => readSource(text)),
  readSource(templates.join('\n')),
];

test('finds an unused message', () => {
  const source = readSource(`translator(locale, 'mail.test'); t('body'); t(\`\${kind}.subject\`);`);
  expect(uses(source, 'mail.test.body')).toBe(true);
  expect(uses(source, 'mail.test.other.subject')).toBe(true);
  expect(uses(source, 'mail.test.footer')).toBe(false);
  expect(uses(source, 'login.body')).toBe(false);
});

test('every message is used', () => {
  const isPicked = (key: string) => PICKED.some((part) => key === part || key.startsWith(`${part}.`));
  const unused = keysOf(en as unknown as Tree).filter(
    (key) => !isPicked(key) && !sources.some((source) => uses(source, key)),
  );
  expect(unused).toEqual([]);
});

test("a person's pages and mails use only messages that exist in every language", () => {
  const folders = ['app/(auth)', 'app/profile', 'app/setup', 'lib/mail', 'lib/verification'];
  const consoles = Object.keys(en).filter((name) => !PERSON_NAMESPACES.some((each) => each === name));
  const scopes = new RegExp(`'(${consoles.join('|')})(\\.[\\w.]+)?'`, 'g');
  const found = folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
      .flatMap((file) =>
        [...readFileSync(path.join(ROOT, folder, file), 'utf8').matchAll(scopes)].map(([scope]) => `${file}: ${scope}`),
      ),
  );
  expect(found).toEqual([]);
});
