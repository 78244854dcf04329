import { describe, expect, test } from 'vitest';
import { AUDIT_EVENT_TYPES } from '@/lib/audit/model';
import { PERSON_NAMESPACES } from './catalogue';
import { ar } from './messages/ar';
import { de } from './messages/de';
import { en } from './messages/en';
import { es } from './messages/es';
import { fr } from './messages/fr';
import { toIntlTag } from './model';
import { type TranslationScope, translator } from './translate';

type Tree = { [key: string]: string | Tree };

/** All leaves as `profile.passkeys.add` → text. */
function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const leaves = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') leaves.set(prefix + key, value);
    else for (const [path, text] of flatten(value, `${prefix}${key}.`)) leaves.set(path, text);
  }
  return leaves;
}

/** The arguments and tags of an ICU message as `name:kind`, those inside of plural and select branches too. */
function icuArguments(message: string): Set<string> {
  const found = new Set<string>();
  let at = 0;
  const until = (end: RegExp) => {
    const start = at;
    while (at < message.length && !end.test(message.charAt(at))) at += 1;
    return message.slice(start, at).trim();
  };
  const readText = (nested: boolean) => {
    while (at < message.length) {
      const character = message.charAt(at);
      at += 1;
      if (character === '{') readArgument();
      else if (character === '}' && nested) return;
    }
  };
  const readArgument = () => {
    const name = until(/[,}]/);
    if (message.charAt(at++) === '}') {
      found.add(`${name}:text`);
      return;
    }
    const kind = until(/[,}]/);
    found.add(`${name}:${kind}`);
    if (message.charAt(at++) === '}') return;
    while (until(/[{}]/) !== '' || message.charAt(at) === '{') {
      at += 1;
      readText(true);
    }
    at += 1;
  };
  readText(false);
  for (const [, tag] of message.matchAll(/<(\w+)>/g)) found.add(`${tag}:tag`);
  return found;
}

const sampleOf = (argument: string) => {
  const [name = '', kind] = argument.split(':');
  if (kind === 'tag') return [name, () => 'then'] as const;
  return [name, kind === 'plural' || kind === 'number' ? 2 : 'other'] as const;
};

const english = flatten(en as unknown as Tree);
const CATALOGUES = {
  en: english,
  de: flatten(de as unknown as Tree),
  fr: flatten(fr as unknown as Tree),
  es: flatten(es as unknown as Tree),
  ar: flatten(ar as unknown as Tree),
};

test('the reader of arguments sees nested and plain ones, but no words of a branch', () => {
  const read = icuArguments(
    '{a} {n, plural, one {one} other {# of {b}}} {role, select, owner {Owner} other {}} end {c}',
  );
  expect([...read].sort()).toEqual(['a:text', 'b:text', 'c:text', 'n:plural', 'role:select']);
});

const isForPersons = (key: string) => PERSON_NAMESPACES.some((name) => key.startsWith(`${name}.`));

test.each(['de', 'fr', 'es', 'ar'] as const)('%s has the messages of English', (locale) => {
  const expected = [...english.keys()].filter((key) => locale === 'de' || isForPersons(key));
  const present = CATALOGUES[locale];
  expect({
    missing: expected.filter((key) => !present.has(key)).map((key) => `${key}: ${english.get(key)}`),
    extra: [...present.keys()].filter((key) => !expected.includes(key)),
  }).toEqual({ missing: [], extra: [] });
});

/** The plural categories that counts up to a thousand fall into. */
function categoriesOf(locale: keyof typeof CATALOGUES): Set<string> {
  const rules = new Intl.PluralRules(toIntlTag(locale));
  return new Set(Array.from({ length: 1001 }, (_, count) => rules.select(count)));
}

/** The branches of each plural of a message. */
function pluralBranches(message: string): string[][] {
  return [...message.matchAll(/, plural, /g)].map(({ index, 0: start }) => {
    const branches: string[] = [];
    let depth = 0;
    let word = '';
    for (const character of message.slice(index + start.length)) {
      if (character === '{' && depth++ === 0) branches.push(word.trim());
      if (character === '}' && depth-- === 0) break;
      word = depth === 0 && character !== '}' ? word + character : '';
    }
    return branches;
  });
}

test('the reader of plurals sees branches with arguments inside', () => {
  expect(pluralBranches('{n, plural, =0 {} one {a {b}} other {# c}} {m, plural, other {d}}')).toEqual([
    ['=0', 'one', 'other'],
    ['other'],
  ]);
});

test('Arabic has six plural categories', () => {
  expect([...categoriesOf('ar')].sort()).toEqual(['few', 'many', 'one', 'other', 'two', 'zero']);
});

describe.each(Object.entries(CATALOGUES) as Array<[keyof typeof CATALOGUES, Map<string, string>]>)(
  '%s',
  (locale, leaves) => {
    test('every plural has the categories of the language', () => {
      const needed = categoriesOf(locale);
      const offenders = [...leaves].flatMap(([key, text]) =>
        pluralBranches(text)
          .map((branches) => branches.filter((branch) => !branch.startsWith('=')))
          .filter((branches) => branches.length !== needed.size || !branches.every((branch) => needed.has(branch)))
          .map((branches) => `${key}: ${branches.join(' ')}`),
      );
      expect(offenders).toEqual([]);
    });

    test('nothing is empty', () => {
      expect([...leaves].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
    });

    test('every message takes the arguments of the English one', () => {
      for (const [key, text] of leaves) {
        expect([...icuArguments(text)].sort(), key).toEqual([...icuArguments(english.get(key) ?? '')].sort());
      }
    });

    test('every message can be formatted', () => {
      for (const [path, text] of leaves) {
        const end = path.lastIndexOf('.');
        const say: unknown = translator(locale, path.slice(0, end) as TranslationScope);
        const { rich } = say as { rich: (key: string, values: Record<string, unknown>) => unknown };
        const values = Object.fromEntries([...icuArguments(text)].map(sampleOf));
        expect(String(rich(path.slice(end + 1), values)), path).not.toMatch(/[{}<>]|undefined/);
      }
    });

    test('no word that blames or belongs to machines reaches a person', () => {
      const forbidden =
        /\bcredentials?\b|authenticat(or|eur)|authentifikator|autenticador|are you sure|sind sie sicher|êtes-vous sûr|está seguro|هل أنت متأكد|invalid|ungültig|inválid|غير صالح|oops|aaguid/i;
      // "API credential" is the console's own term.
      const offenders = [...leaves].filter(([, text]) => forbidden.test(text.replaceAll(/API credentials?/g, '')));
      expect(offenders).toEqual([]);
    });
  },
);

test.each(Object.entries(CATALOGUES))('%s: the name of a row’s button contains its text (WCAG 2.5.3)', (_, leaves) => {
  const pairs = [
    ['profile.passkeys.rename.label', 'profile.passkeys.rename.action'],
    ['profile.passkeys.delete.label', 'profile.passkeys.delete.action'],
    ['profile.sessions.signOutLabel', 'profile.sessions.signOut'],
    ['common.conflict.keepMineLabel', 'common.conflict.keepMine'],
    ['common.conflict.takeTheirsLabel', 'common.conflict.takeTheirs'],
  ] as const;
  for (const [name, text] of pairs) expect(leaves.get(name)?.toLowerCase()).toContain(leaves.get(text)?.toLowerCase());
});

test('every kind of audit event has its sentence', () => {
  expect(AUDIT_EVENT_TYPES.filter((type) => !english.has(`activity.${type}`))).toEqual([]);
});

test('the names of controls are those the contract promises', () => {
  const promised = {
    'login.title': 'Sign in',
    'login.email': 'Email',
    'login.continue': 'Continue',
    'login.passkey': 'Sign in with a passkey',
    'login.code.code': 'Code',
    'login.code.verify': 'Verify',
    'common.code.resend': 'Resend',
    'login.link.title': 'Sign in',
    'login.link.button': 'Sign in',
    'login.offer.title': 'Create a passkey',
    'login.offer.later': 'Not now',
    'profile.title': 'Account & Security',
    'profile.passkeys.title': 'Passkeys',
    'profile.sessions.title': 'Sessions',
    'profile.activity.title': 'Recent activity',
    'profile.data.title': 'Your data',
    'profile.passkeys.add': 'Add a passkey',
    'profile.passkeys.rename.label': 'Rename {name}',
    'profile.passkeys.rename.action': 'Rename',
    'profile.passkeys.delete.label': 'Delete {name}',
    'profile.passkeys.delete.action': 'Delete',
    'profile.passkeys.synced': 'Synced',
    'profile.passkeys.thisDeviceOnly': 'This device only',
    'profile.passkeys.usedForThisSession': 'Used for this session',
    'profile.sessions.thisDevice': 'This device',
    'profile.sessions.signOut': 'Sign out',
    'profile.sessions.signOutLabel': 'Sign out {device}',
    'profile.sessions.signOutOthers': 'Sign out all other sessions',
    'common.menu.signOut': 'Sign out',
    'common.stepUp.title': "Confirm it's you",
    'settings.title': 'Account settings',
    'settings.trait.first': 'First name',
    'settings.trait.last': 'Last name',
    'settings.trait.academic-degree': 'Academic degree',
    'common.edit.save': 'Save changes',
    'common.edit.saved': 'Your changes have been saved',
    'settings.email.change': 'Change email',
    'settings.delete.button': 'Delete account',
  };
  expect(Object.fromEntries(Object.keys(promised).map((key) => [key, english.get(key)]))).toEqual(promised);
});
