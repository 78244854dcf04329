import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectAccessible, givePasskey, mailsTo, mailTo, withoutAutofill } from './fixtures';
import { expect, test } from './operator';

/**
 * Becoming an operator, or a higher one: credentials another party may have left in the account are listed and revoked.
 */
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const passkeys = (page: Page) => page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem');
const join = (page: Page) => page.getByRole('button', { name: 'Create a passkey and join' });

test('a person signed in by code sees which passkeys are removed, and accepts with a new one', async ({
  page,
  person,
  services,
  signIn,
  authenticator,
}) => {
  await withoutAutofill(page);
  await services.registerPasskey(person.id, 'Left behind', 'recovery');
  const link = await services.inviteByLink(person.email, 'viewer');
  await page.goto('/login');
  await signIn(page, person);
  await expect(heading(page)).toHaveText('Account & Security');
  await page.goto(link);
  await expect(page.getByRole('listitem').filter({ hasText: 'Left behind' })).toBeVisible();
  await authenticator.setVerified(false);
  await join(page).click();
  await expect(page.getByRole('status').filter({ hasText: 'No passkey was added.' })).toBeVisible();
  await authenticator.setVerified(true);
  await join(page).click();
  await expect(page).toHaveURL(/\/console/);
  await page.goto('/profile');
  await expect(passkeys(page)).toHaveCount(1);
  await expect(passkeys(page)).not.toContainText('Left behind');
  expect(await authenticator.credentials()).toBe(1);
  const mails = async () => (await mailsTo(person.email)).map(({ text }) => text).join('');
  await expect.poll(mails).toContain('the passkey "Left behind"');
});

test('a person signed in with a passkey accepts with it', async ({ page, person, services, signIn, authenticator }) => {
  await withoutAutofill(page);
  await page.goto('/login');
  await signIn(page, person);
  await expect(heading(page)).toHaveText('Account & Security');
  await page.context().clearCookies();
  await givePasskey(services, authenticator, person.id);
  await page.goto(await services.inviteByLink(person.email, 'viewer'));
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(heading(page)).toHaveText('Join Signet');
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(page).toHaveURL(/\/console/);
  await page.goto('/profile');
  await expect(passkeys(page)).toHaveCount(1);
  await page.goto('/console/signet/signet');
  await expect(heading(page)).toHaveText('Overview');
});

test('a recovery session requires a code first', async ({ page, person, services, adminApi }) => {
  const made = await adminApi.call('POST', '/admin/recovery/link', { identity_id: person.id });
  const { recovery_link: recovery } = await made.json();
  await page.goto(recovery);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(heading(page)).toHaveText('Account & Security');
  await page.goto(await services.inviteByLink(person.email));
  await expect(page.getByText('sign in again with a code')).toBeVisible();
  await expect(join(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await expect(heading(page)).toHaveText('Sign in');
});

test('a wrong code is refused, and a new one can be requested', async ({ page, services }) => {
  const email = `${randomUUID()}@example.com`;
  await page.goto(await services.inviteByLink(email));
  await page.getByRole('button', { name: 'Email me a code' }).click();
  const code = page.getByRole('textbox', { name: 'Code' });
  await expect(code).toBeFocused();
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(code).toHaveAccessibleDescription(/Enter the six-digit code/);
  const { text } = await mailTo(email);
  await code.fill(text.includes('000000') ? '000001' : '000000');
  await expect(code).toHaveAccessibleDescription(/You have 4 attempts left/);
  await expect(page.getByRole('textbox', { name: 'First name' })).toHaveCount(0);
  await page.reload();
  await expect(code).toBeVisible();
});

test('the dialog for a higher role lists what is revoked, and the person is mailed', async ({ operator, services }) => {
  const { page } = await operator('owner');
  const name = `Team ${randomUUID().slice(0, 8)}`;
  await page.goto('/console/-/new-organization');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('button', { name: 'Create organization' }).click();
  await expect(heading(page)).toHaveText('Projects');
  const organization = name.toLowerCase().replace(' ', '-');
  const viewer = await services.makeOperator('viewer', organization);
  await services.registerPasskey(viewer.id, 'Left behind', 'recovery');
  await page.goto(`/console/${organization}/-/operators`);
  const row = page.getByRole('row', { name: /Viewer/ });
  await row.getByRole('button', { name: /Change role/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Left behind')).toHaveCount(0);
  await dialog.getByRole('radio', { name: 'Admin' }).check();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'passkey “Left behind”, added' })).toBeVisible();
  await expect(dialog).toContainText(`signs in with ${viewer.email} only`);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Change role' }).click();
  await expect(page.getByRole('row', { name: viewer.email })).toContainText('Admin');
  expect((await mailTo(viewer.email, 2)).text).toContain('the passkey "Left behind"');
});

for (const [locale, theme] of [
  ['en', 'light'],
  ['de', 'dark'],
] as const) {
  test(`the pages of an invitation are accessible and fit a phone: ${locale}, ${theme}`, async ({
    page,
    person,
    services,
    enter,
    context,
    baseURL: url = '',
  }) => {
    await context.addCookies([
      { name: 'signet_locale', value: locale, url },
      { name: 'signet_theme', value: theme, url },
    ]);
    await page.setViewportSize({ width: 320, height: 700 });
    const check = async () => {
      await expect(heading(page)).toBeVisible();
      await expectAccessible(page);
      const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(wide).toBeLessThanOrEqual(seen ?? 0);
    };
    const email = `${randomUUID()}@example.com`;
    await page.goto(await services.inviteByLink(email));
    await check();
    await page.locator('main').getByRole('button').first().click();
    await expect(page.getByRole('textbox')).toBeVisible();
    await check();
    await services.registerPasskey(person.id, 'Left behind', 'recovery');
    const link = await services.inviteByLink(person.email);
    await enter(page, person);
    await page.goto(link);
    await check();
    await page.context().clearCookies();
  });
}
