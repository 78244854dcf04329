import type { Page } from '@playwright/test';
import { expect, expectAccessible, headingOf, mailTo, test } from './fixtures';

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
      for (const path of ['/login', '/login/link', '/login/recovery', '/login/undo', invitation]) {
        await page.goto(path);
        await expect(page.locator('html')).toHaveAttribute('dir', direction);
        await expectSoundPage(page, path);
      }
      await services.registerPasskey(person.id, 'iPhone (2)');
      await enter(page, person);
      for (const path of ['/profile', '/profile/settings', '/nothing-here']) {
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
  const mail = await mailTo(person.email);
  expect(mail.html).toContain('<html lang="ar" dir="rtl">');
  expect(mail.subject).toContain('هو رمز تسجيل الدخول');
  const code = /\d{6}/.exec(mail.subject ?? '')?.[0] ?? '';
  // As an Arabic keyboard types it.
  await page
    .getByRole('textbox', { name: 'الرمز' })
    .fill(code.replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'.charAt(Number(digit))));
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
