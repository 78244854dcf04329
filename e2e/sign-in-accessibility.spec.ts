import { expect, expectAccessible, linkIn, mailTo, test } from './fixtures';

for (const [locale, theme] of [
  ['en', 'light'],
  ['de', 'dark'],
] as const) {
  test(`the pages are accessible: ${locale}, ${theme}`, async ({ page, person, context, baseURL: url = '' }) => {
    await context.addCookies([
      { name: 'signet_locale', value: locale, url },
      { name: 'signet_theme', value: theme, url },
    ]);
    await page.goto('/login');
    await expectAccessible(page);
    await page.getByRole('textbox').fill('nonsense');
    await page.getByRole('textbox').press('Enter');
    await expect(page.getByRole('textbox')).toHaveAttribute('aria-invalid', 'true');
    await expectAccessible(page);
    await page.getByRole('textbox').fill(person.email);
    await page.getByRole('textbox').press('Enter');
    await expect(page.getByRole('heading', { level: 2 })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('textbox').fill('000000');
    await page.getByRole('textbox').press('Enter');
    await expect(page.getByRole('textbox')).toHaveAttribute('aria-invalid', 'true');
    await expectAccessible(page);
    await page.goto(linkIn(await mailTo(person.email)));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page);
    await page.goto('/login/link');
    await expect(page.getByRole('link', { name: /./ }).last()).toBeVisible();
    await expectAccessible(page);
  });
}
