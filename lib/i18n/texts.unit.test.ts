import { expect, test } from 'vitest';
import { LOCALES } from './model';
import { createTexts, isReplaceable, listReplaceable, PRODUCT_TEXTS, titleKey } from './texts';
import { translator } from './translate';

const texts = createTexts([
  { locale: 'en', key: 'login.title', text: 'Welcome' },
  { locale: 'en', key: 'login.lead', text: 'to the place of {project}' },
  { locale: 'en', key: 'common.code.resent', text: 'On its way, {name}.' },
  { locale: 'en', key: 'profile.title', text: 'Mine' },
  { locale: 'en', key: 'mail.footer', text: 'Nothing to see, {email}' },
  { locale: 'en', key: titleKey('default', '/traits/name/first'), text: 'Call sign' },
  { locale: 'xx', key: 'login.title', text: 'Unknown language' },
]);

test('replaces a message in its language only', () => {
  expect(texts.translator('en', 'login')('title')).toBe('Welcome');
  expect(texts.translator('en', 'login')('lead', { project: 'Acme' })).toBe('to the place of Acme');
  expect(texts.translator('en', 'login')('continue')).toBe('Continue');
  expect(texts.translator('de', 'login')('title')).toBe('Anmelden');
  expect(PRODUCT_TEXTS.translator('en', 'login')('title')).toBe('Sign in');
  expect(translator('en', 'login')('title')).toBe('Sign in');
});

test('replaces what a page sends to its client components, and adds nothing to it', () => {
  expect(texts.messagesOf('en', 'login')).toMatchObject({ login: { title: 'Welcome', continue: 'Continue' } });
  expect(texts.messagesOf('en', 'login.code')).toEqual(PRODUCT_TEXTS.messagesOf('en', 'login.code'));
  expect(texts.messagesOf('de', 'login')).toEqual(PRODUCT_TEXTS.messagesOf('de', 'login'));
});

test('leaves out what does not fit, and what may not be replaced', () => {
  expect(texts.translator('en', 'common.code')('resent')).toContain('A new email');
  expect(texts.translator('en', 'profile')('title')).toBe('Account & Security');
  expect(texts.translator('en', 'mail')('footer', { email: 'a@b.example' })).toContain('This email was sent to');
});

test('knows the titles of fields', () => {
  expect(texts.titleOf('default', '/traits/name/first', 'en')).toBe('Call sign');
  expect(texts.titleOf('default', '/traits/name/first', 'de')).toBeUndefined();
  expect(texts.titleOf('other', '/traits/name/first', 'en')).toBeUndefined();
});

test.each(LOCALES)('every original fits itself: %s', (locale) => {
  const originals = listReplaceable(locale).map(({ key, text }) => ({ locale, key, text }));
  expect(originals.length).toBeGreaterThan(150);
  const same = createTexts(originals);
  expect(same.messagesOf(locale, 'login', 'mail')).toEqual(PRODUCT_TEXTS.messagesOf(locale, 'login', 'mail'));
});

test('facts and footer of mails are not replaceable', () => {
  for (const key of [
    'mail.footer',
    'mail.linkHint',
    'mail.facts.time',
    'mail.device',
    'profile.title',
    'errors.forbidden',
  ])
    expect(isReplaceable(key)).toBe(false);
  for (const key of ['mail.sign_in.subject', 'login.title', 'errors.code_wrong']) expect(isReplaceable(key)).toBe(true);
});
