import type { Page } from '@playwright/test';
import { expect, expectAccessible, headingOf, mailTo, test } from './fixtures';
import { test as asOperator, CONSOLE } from './operator';

const speak = (page: Page, locale: string, url: string) =>
  page.context().addCookies([{ name: 'signet_locale', value: locale, url }]);

/** Accessible and without sideways scrolling, on a phone and on a wide screen. */
async function expectSoundPage(page: Page, path: string) {
  for (const width of [320, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectAccessible(page, `${path} at ${width}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
  }
}

for (const [locale, direction, colorScheme] of [
  ['ar', 'rtl', 'light'],
  ['ar', 'rtl', 'dark'],
  ['fr', 'ltr', 'light'],
  ['es', 'ltr', 'dark'],
] as const) {
  test.describe(`${locale}, ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("a person's pages are accessible and fit their screen", async ({
      page,
      person,
      enter,
      services,
      baseURL: url = '',
    }) => {
      await speak(page, locale, url);
      const invitation = await services.inviteByLink(`${locale}-${colorScheme}@example.com`);
      for (const path of [
        '/login',
        '/login/link',
        '/login/recovery',
        '/login/undo',
        '/login/alert',
        '/add',
        invitation,
      ]) {
        await page.goto(path);
        await expect(page.locator('html')).toHaveAttribute('dir', direction);
        await expectSoundPage(page, path);
      }
      await services.registerPasskey(person.id, 'iPhone (2)');
      await enter(page, person);
      const own = ['/profile', '/profile/settings', '/profile/device', '/profile/recovery-codes', '/nothing-here'];
      for (const path of own) {
        await page.goto(path);
        await expect(page.locator('html')).toHaveAttribute('lang', locale);
        await expectSoundPage(page, path);
      }
    });
  });
}

test('signs in and manages passkeys in Arabic', async ({ page, person, services, baseURL: url = '' }) => {
  await services.registerPasskey(person.id, 'iPhone (2)');
  await speak(page, 'ar', url);
  await page.goto('/login');
  await expect(headingOf(page)).toHaveText('تسجيل الدخول');
  const email = page.getByRole('textbox', { name: 'البريد الإلكتروني' });
  // Addresses run from left to right, and begin at the right edge as the page does.
  await expect(email).toHaveAttribute('dir', 'ltr');
  await expect(email).toHaveCSS('text-align', 'end');
  await email.fill(person.email);
  await email.press('Enter');
  const mail = await mailTo(person.email, 2); // after the notice of the passkey
  expect(mail.html).toContain('<html lang="ar" dir="rtl">');
  expect(mail.subject).toContain('هو رمز تسجيل الدخول');
  const code = /\d{6}/.exec(mail.subject ?? '')?.[0] ?? '';
  // As an Arabic keyboard types it.
  await page
    .getByRole('textbox', { name: 'الرمز' })
    .fill(code.replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'.charAt(Number(digit))));
  await page.getByRole('button', { name: 'تحقق' }).click();
  await expect(headingOf(page)).toHaveText('الحساب والأمان');
  await page.getByRole('button', { name: /^حذف .*iPhone/ }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('هل تريد حذف');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^قائمة الحساب/ }).click();
  await page.getByRole('menuitemradio', { name: 'Français' }).click();
  await expect(page.locator('html')).toHaveAttribute('dir', 'ltr');
  await expect(headingOf(page)).toHaveText('Compte et sécurité');
});

asOperator('puts a text of the sign-in page in its own words', async ({ operator }) => {
  const { page } = await operator('admin');
  await page.goto(`${CONSOLE}/texts?language=es&q=login.newcomerInvited`);
  await page.getByRole('link', { name: /al que se envió su invitación/ }).click();
  await expect(headingOf(page)).toHaveText('login.newcomerInvited');
  const field = page.getByRole('textbox', { name: 'Text in Español' });
  await field.fill('Escriba {correo}');
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByText('Remove {correo}: the original does not contain it.')).toBeVisible();
  await field.fill('¿Le han invitado? Escriba su correo.');
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.locator('output')).toHaveText('¿Le han invitado? Escriba su correo.');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Your changes have been saved')).toBeVisible();
  await page.goto(`${CONSOLE}/texts?language=es&changed=yes`);
  await expectAccessible(page);
  await page.getByRole('link', { name: /Le han invitado/ }).click();
  await page.getByRole('button', { name: 'Use the original' }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Your changes have been saved')).toBeVisible();
});

asOperator('a viewer reads texts and cannot change them', async ({ operator }) => {
  const { page } = await operator('viewer');
  await page.goto(`${CONSOLE}/texts/text?language=de&key=login.title`);
  await expect(page.getByRole('textbox')).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Save changes' })).toHaveCount(0);
});

asOperator(
  'the console falls back to English, and the router keeps language and direction true',
  async ({ operator, baseURL: url = '' }) => {
    const { page } = await operator('admin');
    await speak(page, 'ar', url);
    await page.goto(CONSOLE);
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.locator('html')).toHaveAttribute('dir', 'ltr');
    await page.getByRole('button', { name: /^Account menu/ }).click();
    await page.getByRole('menuitem', { name: 'Account & Security' }).click();
    await expect(headingOf(page)).toHaveText('الحساب والأمان');
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    await page.getByRole('button', { name: /^قائمة الحساب/ }).click();
    await page.getByRole('menuitem', { name: 'وحدة التحكم' }).click();
    await expect(page).toHaveURL(/console/);
    await expect(page.locator('html')).toHaveAttribute('dir', 'ltr');
  },
);
