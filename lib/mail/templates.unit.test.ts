import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LOCALES, type Locale } from '@/lib/i18n/model';
import { createTexts } from '@/lib/i18n/texts';
import { translator } from '@/lib/i18n/translate';
import { contrast, parseHex } from '@/lib/platform/color';
import type { Mail } from './model';
import { type MailContext, renderMail } from './templates';
import { paletteOf } from './templates/style';

const project: MailContext['project'] = {
  name: 'Signet',
  origin: 'https://id.example.com',
  accentColor: null,
};
const context = {
  project,
  happenedAt: new Date('2026-03-01T12:00:00Z'),
};
const LINK = 'https://id.example.com/login/link?0123456789abcdefghijklmn';
const to = 'jane@example.com';
const name = 'Jane Doe';
const source = { browser: 'Firefox', system: 'Windows', address: '203.0.113.7' };
const UNDO = {
  undoLink: 'https://id.example.com/login/undo?0123456789abcdefghijklmn',
  undoUntil: context.happenedAt.getTime() + 604_800_000,
};

const mails = (locale: Locale): Mail[] => [
  { kind: 'sign_in', to, locale, name, source, params: { code: '012345', link: LINK, minutes: 10 } },
  { kind: 'sign_in', to, locale, params: { code: null, link: LINK, minutes: 1 } },
  { kind: 'registration', to, locale, params: { code: '012345', link: LINK, minutes: 10 } },
  { kind: 'registration', to, locale, params: { code: null, link: LINK, minutes: 1 } },
  {
    kind: 'registration_invitation',
    to,
    locale,
    params: { link: LINK, inviter: 'Ada Lovelace', expiresAt: context.happenedAt.getTime() },
  },
  { kind: 'registration_invitation', to, locale, params: { link: LINK, expiresAt: context.happenedAt.getTime() } },
  { kind: 'step_up', to, locale, params: { code: '012345', minutes: 10 } },
  { kind: 'email_change_code', to, locale, params: { code: '012345', minutes: 10 } },
  { kind: 'invitation_code', to, locale, params: { code: '012345', minutes: 10 } },
  {
    kind: 'operator_promoted',
    to,
    locale,
    params: {
      role: 'admin',
      organization: 'Acme',
      passkeys: ['Old laptop', 'iPhone'],
      identifiers: ['old@example.com'],
    },
  },
  {
    kind: 'operator_promoted',
    to,
    locale,
    params: { role: 'viewer', organization: 'Acme', passkeys: [], identifiers: [] },
  },
  ...(['failing', 'gone'] as const).map(
    (reason): Mail => ({
      kind: 'webhook_disabled',
      to,
      locale,
      params: {
        project: 'Shop',
        host: 'hooks.example.com',
        reason,
        link: 'https://id.example.com/console/a/b',
      },
    }),
  ),
  { kind: 'email_change_notice', to, locale, params: { newAddress: 'new@example.com' } },
  { kind: 'email_change_notice', to, locale, params: { newAddress: 'new@example.com', by: 'administrator' } },
  { kind: 'email_change_notice', to, locale, params: { by: 'administrator' } },
  { kind: 'email_change_notice', to, locale, params: { newAddress: 'new@example.com', ...UNDO } },
  { kind: 'email_changed', to, locale, params: {} },
  ...[0, 1, 2].map((removedPasskeys) => ({
    ...{ kind: 'email_change_undone' as const, to, locale },
    params: { isBack: true, removedPasskeys },
  })),
  { kind: 'email_change_undone', to, locale, params: { isBack: false, removedPasskeys: 1 } },
  { kind: 'recovery_issued', to, locale, params: { expiresAt: context.happenedAt.getTime() } },
  { kind: 'recovery_used', to, locale, params: {} },
  {
    ...{ kind: 'recovery_used', to, locale },
    params: { link: 'https://id.example.com/login/alert?AAAAAAAAAAAAAAAAAAAAAAAA', until: Date.UTC(2026, 4, 6, 12) },
  },
  ...(['passkey', 'code', 'link'] as const).map((method) => ({
    ...{ kind: 'new_sign_in' as const, to, locale, name, source },
    params: { method, link: LINK, until: context.happenedAt.getTime() },
  })),
  { kind: 'passkey_added', to, locale, params: { passkeyName: 'iCloud Keychain' } },
  {
    kind: 'passkey_added',
    to,
    locale,
    params: { passkeyName: 'iPhone', isPaired: true },
  },
  ...(['created', 'used', 'revoked'] as const).flatMap((change) =>
    [0, 1, 7].map((left) => ({
      ...{ kind: 'recovery_codes' as const, to, locale },
      params: { change, left },
    })),
  ),
  {
    ...{ kind: 'recovery_codes', to, locale, source },
    params: { change: 'used', left: 3, link: LINK, until: context.happenedAt.getTime() },
  },
  { kind: 'passkey_deleted', to, locale, params: { passkeyName: 'iCloud Keychain' } },
  { kind: 'account_deletion_requested', to, locale, params: { until: Date.UTC(2026, 4, 6, 12) } },
  ...(['sign_in', 'administrator', 'email_change_undone'] as const).map((reason) => ({
    ...{ kind: 'account_kept' as const, to, locale, params: { reason } },
  })),
  { kind: 'account_deleted', to, locale, params: {} },
  { kind: 'account_deleted', to, locale, params: { restorableUntil: context.happenedAt.getTime() } },
  { kind: 'account_restored', to, locale, params: {} },
  { kind: 'invitation', to, locale, params: { link: 'https://id.example.com/login' } },
  { kind: 'invitation', to, locale, params: { link: LINK, inviter: 'Ada Lovelace' } },
  { kind: 'operator_invitation', to, locale, params: { link: LINK, role: 'owner' } },
  {
    kind: 'operator_invitation',
    to,
    locale,
    params: { link: LINK, role: 'viewer', inviter: 'Ada Lovelace', expiresAt: context.happenedAt.getTime() },
  },
  { kind: 'test', to, locale, params: {} },
];
const every = LOCALES.flatMap((locale) => mails(locale).map((mail) => [locale, mail.kind, mail] as const));

const BUTTONS = /<a href="[^"]+" class="button".*?<\/table>\n<p class="muted"[^>]*>.*?<br>/g;

/** What a reader sees, without the texts of buttons, the place of the project's name, and line breaks. */
function wordsOf(part: string, locale: Locale): string[] {
  const shown = part
    .replace(/<head>[\s\S]*<\/head>|<!--[\s\S]*?-->/g, '')
    .replace(BUTTONS, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/[\u2068\u2069]/g, '') // HTML isolates by elements
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/^-- $|^- /gm, '');
  const labels = ['facts.time', 'facts.device', 'facts.address'] as const;
  const t = translator(locale, 'mail');
  const withoutColons = labels.reduce((all, key) => all.replace(`${t(key)}:`, t(key)), shown);
  return withoutColons.split(/\s+/).filter(Boolean).sort();
}

beforeEach(() => {
  vi.spyOn(console, 'error');
});
afterEach(() => {
  expect(console.error).not.toHaveBeenCalled(); // missing messages and arguments are reported there
});

describe.each(every)('%s %s', (locale, _, mail) => {
  const { subject, text, html } = renderMail(mail, context);

  test('has no missing message or placeholder', () => {
    const body = html.replace(/<style>[\s\S]*<\/style>/, '');
    for (const part of [subject, text, body]) expect(part).not.toMatch(/mail\.[a-z]|[{}]|undefined/);
    expect(subject.length).toBeGreaterThan(5);
  });

  test('has code and link on short lines of their own in the text', () => {
    const lines = text.split('\n');
    if ('code' in mail.params && mail.params.code !== null) expect(lines).toContain(mail.params.code);
    if ('link' in mail.params) expect(lines).toContain(mail.params.link);
    if ('undoLink' in mail.params) expect(lines).toContain(mail.params.undoLink);
    // Every URL is alone on its line, so that mail clients link it completely.
    for (const line of lines.filter((candidate) => candidate.includes('://'))) expect(line).toMatch(/^https:\/\/\S+$/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(76);
  });

  test('links every URL in its HTML, by a button and in plain text', () => {
    const links = [...html.matchAll(/<a href="([^"]+)"[^>]*>([^<]+)<\/a>/g)].map(([, href, label]) => ({
      href,
      label,
    }));
    const plain = links.filter(({ href, label }) => label === href).map(({ href }) => href);
    const buttons = links.filter(({ href, label }) => label !== href).map(({ href }) => href);
    expect(plain).toEqual([...buttons, 'https://id.example.com']);
    expect(buttons.length).toBeLessThanOrEqual(1);
    for (const url of text.split('\n').filter((line) => line.includes('://'))) expect(plain).toContain(url);
    expect(html.replaceAll(/<a href="[^"]+"[^>]*>[^<]+<\/a>/g, '')).not.toContain('://');
  });

  test('has the same content in both parts', () => {
    expect(wordsOf(html, locale)).toEqual(wordsOf(text, locale));
  });

  test('is small HTML in its language, for both color schemes, that loads nothing', () => {
    expect(html).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain('@media (prefers-color-scheme:dark)');
    expect(html).not.toMatch(/<img|<script|<link|@import|url\(|https?:\/\/(?!id\.example\.com)|(?:left|right)[":;]/);
    expect(html.length).toBeLessThan(9000);
  });
});

test.each([
  ['en', '012345 is your sign-in code'],
  ['de', '012345 ist Ihr Anmeldecode'],
] as const)('begins the subject with the code: %s', (locale, subject) => {
  const params = { code: '012345', link: LINK, minutes: 10 };
  expect(renderMail({ kind: 'sign_in', to, locale, params }, context).subject).toBe(subject);
});

test('does not mention a code if there is none', () => {
  const params = { code: null, link: LINK, minutes: 10 };
  const { subject, text } = renderMail({ kind: 'sign_in', to, locale: 'en', params }, context);
  expect(subject).toBe('Sign in to Signet');
  expect(text).not.toMatch(/^\d{6}$/m);
  expect(text).not.toContain('code');
});

test('escapes user-supplied names in HTML', () => {
  const passkeyName = `\u202e<img src=x onerror="alert('1')"> & {code}`;
  const { text, html } = renderMail({ kind: 'passkey_added', to, locale: 'en', params: { passkeyName } }, context);
  expect(html).not.toContain('<img');
  expect(html).not.toContain('\u202e');
  expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; {code}');
  expect(text.replaceAll('\n', ' ')).toContain(passkeyName.slice(1));
});

test('exceeds the line length only where a long address requires it', () => {
  const newAddress = `${'x'.repeat(120)}@example.com`;
  const { text } = renderMail({ kind: 'email_change_notice', to, locale: 'de', params: { newAddress } }, context);
  expect(text.split('\n').filter((line) => line.length > 76)).toEqual([expect.stringContaining(newAddress)]);
});

test('names the organization in an operator invitation', () => {
  const params = { link: LINK, role: 'admin' as const, organization: 'Acme' };
  const { subject, text } = renderMail({ kind: 'operator_invitation', to, locale: 'en', params }, context);
  expect(subject).toBe('Invitation to manage Acme');
  expect(text).toContain('to manage Acme as an admin');
});

test.each([
  ['en', 'Hello Jane Doe,', 'Device: Firefox on Windows\nIP address: 203.0.113.7'],
  ['de', 'Guten Tag Jane Doe,', 'Gerät: Firefox auf Windows\nIP-Adresse: 203.0.113.7'],
] as const)('greets by name, and says when and where it happened: %s', (locale, greeting, where) => {
  const mail: Mail = { kind: 'passkey_added', to, locale, name, source, params: { passkeyName: 'Key' } };
  const { text } = renderMail(mail, context);
  expect(text).toMatch(new RegExp(`^${greeting}\n`));
  expect(text).toMatch(/(Time|Zeitpunkt): .*2026.*12:00 UTC/);
  expect(text).toContain(where);
});

test('a name of the other direction or with markup changes nothing around it', () => {
  const params = { passkeyName: 'Key' };
  const hostile = { kind: 'passkey_added', to, locale: 'en', source, params, name: 'שרה <b>\u202e' } as const;
  const { text, html } = renderMail(hostile, context);
  expect(text).toContain('Hello \u2068שרה <b>\u2069,');
  expect(html).toContain('Hello \u2068שרה &lt;b&gt;\u2069,');
});

test('names no device that it does not know', () => {
  const unknown = { browser: null, system: null, address: null };
  const mail = { kind: 'passkey_added', to, locale: 'en', source: unknown, params: { passkeyName: 'Key' } } as const;
  const { text } = renderMail(mail, context);
  expect(text).toContain('Device: Unknown device\n');
  expect(text).not.toContain('IP address');
});

describe('branding', () => {
  const mail: Mail = { kind: 'passkey_added', to, locale: 'en', params: { passkeyName: 'Key' } };
  const render = (look: Partial<MailContext['project']>) =>
    renderMail(mail, { ...context, project: { ...project, ...look } });
  const plain = render({});

  test('shows the logo that the message contains, beside the name', () => {
    const { html, text, subject } = render({ name: `A "B" <C>`, hasLogo: true });
    expect(html.match(/<img [^>]*>/g)).toEqual([
      expect.stringContaining('src="cid:logo@signet.invalid" class="logo" alt="" height="32"'),
    ]);
    expect(html).toContain('>A &quot;B&quot; &lt;C&gt;</td>');
    expect(html).not.toMatch(/https?:\/\/(?!id\.example\.com)/);
    expect(text).toContain('\n\nA "B" <C>\n\n-- \n');
    expect(subject).toContain('A "B" <C>');
  });

  test.each([null, '#0b5fff', '#767676', '#e8590c', '#000000'])('is readable in both color schemes: %s', (accent) => {
    const { html, text } = render({ accentColor: accent });
    const { light, dark } = paletteOf(accent);
    if (accent !== null) expect(light.accent).toBe(accent);
    for (const [name, theme] of Object.entries({ light, dark })) {
      const ratio = (one: string, other: string) => contrast(parseHex(one), parseHex(other));
      for (const surface of [theme.page, theme.card, theme.sunken]) {
        expect(ratio(theme.text, surface), name).toBeGreaterThanOrEqual(4.5);
        expect(ratio(theme.muted, surface), name).toBeGreaterThanOrEqual(4.5);
      }
      expect(ratio(theme.onAccent, theme.accent), name).toBeGreaterThanOrEqual(4.5);
      expect(ratio(theme.accent, theme.card), name).toBeGreaterThanOrEqual(3);
      expect(html).toContain(theme.accent);
    }
    expect(text).toBe(plain.text);
  });

  test('uses the product’s color if there is no usable accent', () => {
    for (const accentColor of ['#ffffff', 'red', '#0b5fff;x:y']) expect(render({ accentColor }).html).toBe(plain.html);
  });
});

describe("a project's own texts", () => {
  const mail: Mail = { kind: 'passkey_added', to, locale: 'en', params: { passkeyName: 'Key' } };
  const texts = createTexts([
    { locale: 'en', key: 'mail.passkey_added.subject', text: 'Nothing to see at {project}' },
    { locale: 'en', key: 'mail.passkey_added.body', text: 'Enjoy {name} <b>!' },
    { locale: 'en', key: 'mail.passkey_added.wasntYou', text: 'All is well.' },
  ]);

  test('cannot hide what happened, to whom and where', () => {
    const { subject, text, html } = renderMail(mail, { ...context, texts });
    expect(subject).toBe('Nothing to see at Signet');
    for (const part of [text, html]) {
      expect(part).toContain('A passkey was added to your account at Signet');
      expect(part).toContain(to);
      expect(part).toContain('https://id.example.com');
      expect(part).toContain('1 March 2026');
      expect(part).toContain('All is well.');
    }
    // Does not fit its message: the original stays.
    expect(text).toContain('The passkey "Key" was added');
  });

  test('keep code and link', () => {
    const own = createTexts([{ locale: 'en', key: 'mail.sign_in.code', text: 'Welcome to {project}' }]);
    const params = { code: '012345', link: LINK, minutes: 10 };
    const { text } = renderMail({ kind: 'sign_in', to, locale: 'en', params }, { ...context, texts: own });
    expect(text.split('\n')).toEqual(expect.arrayContaining(['012345', LINK, 'Welcome to Signet']));
    expect(text).toContain('012345 is your sign-in code');
  });
});
