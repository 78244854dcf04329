import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LOCALES, type Locale } from '@/lib/i18n/model';
import { contrast, parseHex } from '@/lib/platform/color';
import type { Mail } from './model';
import { type MailContext, renderMail } from './templates';

const project: MailContext['project'] = {
  name: 'Signet',
  origin: 'https://id.example.com',
  accentColor: null,
  logoHash: null,
};
const context = {
  project,
  happenedAt: new Date('2026-03-01T12:00:00Z'),
};
const LINK = 'https://id.example.com/login/link?0123456789abcdefghijklmn';
const to = 'jane@example.com';
const UNDO = {
  undoLink: 'https://id.example.com/login/undo?0123456789abcdefghijklmn',
  undoUntil: context.happenedAt.getTime() + 604_800_000,
};

const mails = (locale: Locale): Mail[] => [
  { kind: 'sign_in', to, locale, params: { code: '012345', link: LINK, minutes: 10 } },
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
  { kind: 'passkey_added', to, locale, params: { passkeyName: 'iCloud Keychain' } },
  { kind: 'passkey_deleted', to, locale, params: { passkeyName: 'iCloud Keychain' } },
  { kind: 'account_deleted', to, locale, params: {} },
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

beforeEach(() => {
  vi.spyOn(console, 'error');
});
afterEach(() => {
  expect(console.error).not.toHaveBeenCalled(); // missing messages and arguments are reported there
});

describe.each(every)('%s %s', (locale, _, mail) => {
  const { subject, text, html } = renderMail(mail, context);

  test('has no missing message or placeholder', () => {
    for (const part of [subject, text, html]) expect(part).not.toMatch(/mail\.[a-z]|[{}]|undefined/);
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

  test('links every URL in its HTML', () => {
    const withoutLinks = html.replaceAll(/<a href="([^"]+)">\1<\/a>/g, '');
    expect(withoutLinks).not.toContain('://');
    expect(html).toContain('<a href="https://id.example.com');
  });

  test('is small HTML in its language, without colors and images if the project has none', () => {
    expect(html).toContain(`<html lang="${locale}">`);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).not.toMatch(/[^-]color:|background|<img|<script|https?:\/\/(?!id\.example\.com)/);
    expect(html.length).toBeLessThan(3000);
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
  const passkeyName = `<img src=x onerror="alert('1')"> & {code}`;
  const { text, html } = renderMail({ kind: 'passkey_added', to, locale: 'en', params: { passkeyName } }, context);
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; {code}');
  expect(text.replaceAll('\n', ' ')).toContain(passkeyName);
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

describe('branding', () => {
  const mail: Mail = { kind: 'passkey_added', to, locale: 'en', params: { passkeyName: 'Key' } };
  const render = (look: Partial<MailContext['project']>) =>
    renderMail(mail, { ...context, project: { ...project, ...look } });
  const plain = render({});

  test('loads the logo from the project’s origin, with the name as alternative text', () => {
    const { html, text, subject } = render({ name: `A "B" <C>`, logoHash: 'abc123', accentColor: '#8a2be2' });
    expect(html.match(/<img [^>]*>/g)).toEqual([
      expect.stringContaining(
        'src="https://id.example.com/branding/logo/abc123" alt="A &quot;B&quot; &lt;C&gt;" height="40"',
      ),
    ]);
    expect(html).not.toMatch(/background|https?:\/\/(?!id\.example\.com)/);
    expect(text).not.toContain('branding');
    expect(subject).toContain('A "B" <C>');
  });

  test.each(['#0b5fff', '#767676', '#e8590c', '#000000'])(
    'shows the name readably on the accent color: %s',
    (accent) => {
      const { html, text } = render({ accentColor: accent });
      const [, background = '', color = ''] = html.match(/background:(#\w{6});color:(#\w{6})">Signet</) ?? [];
      expect(background).toBe(accent);
      expect(contrast(parseHex(background), parseHex(color))).toBeGreaterThanOrEqual(4.5);
      expect(text).toBe(plain.text);
    },
  );

  test('shows the name without a color if there is no usable accent', () => {
    expect(plain.html).toContain('<p style="font-weight:600">Signet</p>');
    for (const accentColor of ['#ffffff', 'red', '#0b5fff;x:y']) expect(render({ accentColor }).html).toBe(plain.html);
  });
});
