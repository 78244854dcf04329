import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { addAuthenticator, expect, expectAccessible, proveMailbox, signet, withoutAutofill } from './fixtures';
import { test } from './installation';

const headingOf = (page: Page) => page.getByRole('heading', { level: 1 });

const linkIn = (printed: string) => printed.match(/Set up: (\S+)/)?.[1] ?? '';
const newAddress = () => `${crypto.randomUUID()}@example.com`;

async function introduce(page: Page, email: string): Promise<void> {
  await page.getByRole('textbox', { name: 'First name' }).fill('Grace');
  await page.getByRole('textbox', { name: 'Last name' }).fill('Hopper');
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
}

test('the first operator sets up by the printed link, which is then used up', async ({
  page,
  installation,
  authenticator,
}) => {
  test.slow(); // three starts
  const link = linkIn(await installation.start());
  const finish = page.getByRole('button', { name: 'Create a passkey and finish' });

  for (const path of ['/', '/login?return_to=%2Fconsole', '/setup']) {
    await page.goto(new URL(path, link).href);
    await expect(headingOf(page)).toHaveText('Signet is not set up yet');
    await expect(page).toHaveTitle('Signet is not set up yet');
    expect(await page.content()).not.toContain(new URL(link).searchParams.get('token'));
    await expect(page.getByRole('textbox')).toHaveCount(0);
  }
  await expectAccessible(page);
  for (let count = 1; count <= 3; count++) expect((await page.request.get(link)).status()).toBe(200);

  await page.goto(link);
  await expect(headingOf(page)).toHaveText('Set up Signet');
  await expect(page).toHaveTitle('Set up Signet');
  await finish.click();
  await expect(page.getByRole('region', { name: 'Check one field' })).toBeFocused();
  await expect(page.getByRole('textbox', { name: 'Email' })).toHaveAccessibleDescription(/Enter your email address/);
  await introduce(page, 'grace.example.com');
  await finish.click();
  await expect(page.getByRole('textbox', { name: 'Email' })).toHaveAccessibleDescription(/such as name@example.com/);

  await installation.signet('identity', 'create', '--email', 'alan@example.com');
  const other = await page.context().newPage();
  await other.goto(new URL('/login', link).href);
  await expect(other.getByText('open the link that the server printed')).toBeVisible();
  await expect(other.getByRole('textbox', { name: 'Email' })).toBeVisible(); // people of programs can sign in
  await other.close();
  await introduce(page, 'Alan@example.com');
  await finish.click();
  await expect(page.getByRole('textbox', { name: 'Email' })).toHaveAccessibleDescription(/already has an account/);

  await introduce(page, 'Grace@example.com');
  await authenticator.setVerified(false);
  await finish.click();
  await expect(page.getByRole('status').filter({ hasText: 'No passkey was added.' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'First name' })).toHaveValue('Grace');
  await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue('Grace@example.com');

  await authenticator.setVerified(true);
  await finish.click();
  await expect(headingOf(page)).toHaveText('Overview');
  const steps = page.getByRole('list', { name: 'Next steps' }).getByRole('listitem');
  await expect(steps).toContainText([/Connect a mail server/, /Add the first user.*Done/, /Create an API credential/]);
  await expect(steps.getByRole('link')).toHaveText(['Mail settings', 'API credentials']);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Hide' }).click();
  await expect(steps).toHaveCount(0);
  await expect(headingOf(page)).toBeFocused();

  await page.goto(link);
  await expect(headingOf(page)).toHaveText('This link no longer works');
  await installation.stop();
  expect(linkIn(await installation.start())).toBe('');
  await page.goto(new URL('/setup', link).href);
  await expect(headingOf(page)).toHaveText('This installation is already set up');
});

test('a restart prints a new link; the slower of two tabs reports that it is used up', async ({
  page,
  installation,
  browser,
}) => {
  const old = linkIn(await installation.start());
  await installation.stop();
  const link = linkIn(await installation.start());
  await page.goto(old);
  await expect(headingOf(page)).toHaveText('This setup link no longer works');

  const context = await browser.newContext();
  const other = await context.newPage();
  const authenticator = await addAuthenticator(other);
  await addAuthenticator(page);
  for (const tab of [page, other]) {
    await tab.goto(link);
    await introduce(tab, newAddress());
  }
  await page.getByRole('button', { name: 'Create a passkey and finish' }).click();
  await expect(headingOf(page)).toHaveText('Overview');
  await other.getByRole('button', { name: 'Create a passkey and finish' }).click();
  await expect(headingOf(other)).toHaveText('This link no longer works');
  expect(await authenticator.credentials()).toBe(0);
  await context.close();
});

test.describe('an invitation', () => {
  const join = (page: Page) => page.getByRole('button', { name: 'Create a passkey and join' });

  test('creates a new person, with the invited address', async ({ page, authenticator }) => {
    const email = newAddress();
    const { link = '' } = await signet('operator', 'invite', '--email', email);
    await page.goto(link);
    await expect(headingOf(page)).toHaveText('Join Signet');
    await expect(page.getByText('is invited as')).toContainText(email);
    await proveMailbox(page, email);
    await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue(email);
    await expect(page.getByRole('textbox', { name: 'Email' })).not.toBeEditable();
    await page.getByRole('textbox', { name: 'First name' }).fill('Grace');
    await join(page).click();
    await expect(headingOf(page)).toHaveText(/^(Overview|Projects)$/);
    expect(await authenticator.credentials()).toBe(1);
    await page.goto(link);
    await expect(headingOf(page)).toHaveText('This link no longer works');
    // The token is a secret until it is used: the log does not contain it.
    const token = new URL(link).searchParams.get('token') ?? '';
    expect(token).toHaveLength(43);
    expect(await readFile(process.env.SIGNET_SERVER_LOG ?? '', 'utf8')).not.toContain(token);
  });

  test('is accepted by a person with an account, after signing in', async ({
    page,
    person,
    services,
    signIn,
    adminApi,
    authenticator,
  }) => {
    await withoutAutofill(page);
    const link = await services.inviteByLink(person.email);
    await page.goto(link);
    await expect(page.getByText(`${person.email} already has an account here.`)).toBeVisible();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(/\/login/);
    await signIn(page, person);
    await expect(headingOf(page)).toHaveText('Join Signet');
    await expect(page.getByText('Create a passkey to accept.')).toBeVisible();
    await join(page).click();
    await expect(headingOf(page)).toHaveText(/^(Overview|Projects)$/);
    expect(await authenticator.credentials()).toBe(1);
    // API clients cannot change operators.
    expect((await adminApi.call('DELETE', `/admin/identities/${person.id}`)).status).toBe(403);
    await page.goto(link);
    await expect(headingOf(page)).toHaveText('This link no longer works');
  });

  test('is refused to another signed-in person', async ({ page, person, services, enter, signIn, adminApi }) => {
    await withoutAutofill(page);
    const invited = await adminApi.createPerson({ first: 'Grace' });
    const link = await services.inviteByLink(invited.email);
    await enter(page, person);
    await page.goto(link);
    await expect(page.getByText(`you are signed in as ${person.email}`)).toBeVisible();
    await expect(join(page)).toHaveCount(0);
    await page.getByRole('button', { name: 'Sign out and continue' }).click();
    await expect(headingOf(page)).toHaveText('Sign in');
    await signIn(page, invited);
    await expect(join(page)).toBeVisible();
  });

  test('that never existed looks like an expired one', async ({ page }) => {
    await page.goto(`/setup?token=${'A'.repeat(43)}`);
    await expect(headingOf(page)).toHaveText(/no longer works/);
  });

  for (const [locale, theme] of [
    ['en', 'light'],
    ['de', 'dark'],
  ] as const) {
    test(`has accessible pages: ${locale}, ${theme}`, async ({
      page,
      person,
      services,
      context,
      baseURL: url = '',
    }) => {
      await context.addCookies([
        { name: 'signet_locale', value: locale, url },
        { name: 'signet_theme', value: theme, url },
      ]);
      for (const link of [
        await services.inviteByLink(newAddress()),
        await services.inviteByLink(person.email),
        '/setup?token=none',
      ]) {
        await page.goto(link);
        await expect(headingOf(page)).toBeVisible();
        await expectAccessible(page);
      }
    });
  }

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false });

    test('verifies the mailbox, and states that a passkey requires JavaScript', async ({
      page,
      person,
      services,
      signIn,
    }) => {
      const email = newAddress();
      await page.goto(await services.inviteByLink(email));
      await proveMailbox(page, email);
      expect(await page.locator('noscript').textContent()).toContain('Passkeys need JavaScript.');
      await expect(join(page)).toBeDisabled();
      await page.goto(await services.inviteByLink(person.email));
      await page.getByRole('link', { name: 'Sign in' }).click();
      await expect(page).toHaveURL(/\/login/);
      await signIn(page, person);
      expect(await page.locator('noscript').textContent()).toContain('Passkeys need JavaScript.');
      await expect(join(page)).toBeDisabled();
    });
  });
});
