import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import {
  addAuthenticator,
  codeIn,
  expect,
  expectAccessible,
  linkIn,
  mailsTo,
  mailTo,
  proveMailbox,
  withoutAutofill,
} from './fixtures';
import { type Installation, test } from './installation';

/** Registration, on a separate server whose project each story configures. */
const headingOf = (page: Page) => page.getByRole('heading', { level: 1 });
const emailField = (page: Page) => page.getByRole('textbox', { name: 'Email' });
const newAddress = () => `${randomUUID()}@example.com`;

type Settings = { registration?: 'open' | 'invitation'; requiresName?: boolean };

/** Starts the server and applies the settings. */
async function start(installation: Installation, { registration, requiresName = false }: Settings = {}): Promise<void> {
  await installation.start();
  const database = new Database(path.join(installation.dir, 'signet.db'), { timeout: 10_000 });
  if (registration) database.prepare('UPDATE "Project" SET "registration" = ?').run(registration);
  if (requiresName) {
    const [row] = database.prepare('SELECT "document" FROM "IdentitySchema"').all() as { document: string }[];
    const document = JSON.parse(row?.document ?? '{}');
    document.properties.traits.required = ['email', 'name'];
    document.properties.traits.properties.name.required = ['last'];
    database.prepare('UPDATE "IdentitySchema" SET "document" = ?').run(JSON.stringify(document));
  }
  database.close();
}

async function ask(page: Page, email: string): Promise<void> {
  await emailField(page).fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();
}

async function answer(page: Page, { dir }: Installation, email: string, count = 1): Promise<void> {
  await page.getByRole('textbox', { name: 'Code' }).fill(codeIn(await mailTo(email, count, dir)));
  await page.keyboard.press('Enter');
}

test('closed registration responds alike to new and known addresses, and mails nothing', async ({
  page,
  installation,
}) => {
  await start(installation);
  const [email, known] = [newAddress(), newAddress()];
  await installation.signet('identity', 'create', '--email', known);
  await page.goto(`${installation.origin}/login`);
  await expect(page.getByText('New here?')).toHaveCount(0);
  await ask(page, email);
  await page.goto(`${installation.origin}/login`);
  await ask(page, known);
  await mailTo(known, 1, installation.dir);
  expect(await mailsTo(email, installation.dir)).toEqual([]);
});

test('with open registration, a new person registers by code, adds a passkey, and signs in with it', async ({
  page,
  installation,
}) => {
  await start(installation, { registration: 'open' });
  await withoutAutofill(page);
  const authenticator = await addAuthenticator(page);
  const email = newAddress();
  await page.goto(`${installation.origin}/profile/settings`);
  await expect(emailField(page)).toHaveAccessibleDescription('New here? Enter your email to create an account.');
  await expectAccessible(page);
  await ask(page, email);
  await expect(page.getByText(`at ${email}, unless this address`)).toBeVisible();
  const { subject } = await mailTo(email, 1, installation.dir);
  expect(subject).toMatch(/^\d{6} is your code for a new account$/);
  await answer(page, installation, email);

  await expect(headingOf(page)).toHaveText('Account settings');
  await page.getByRole('button', { name: 'Create a passkey' }).click();
  await expect(page.getByRole('button', { name: 'Not now' })).toHaveCount(0);
  expect(await authenticator.credentials()).toBe(1);
  await page.getByRole('button', { name: /Account menu/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(headingOf(page)).toHaveText('Account & Security');
  await expect(page.getByText(email).first()).toBeVisible();
});

test('the link creates the account with its button, after asking for what the schema requires', async ({
  page,
  browser,
  installation,
}) => {
  await start(installation, { registration: 'open', requiresName: true });
  const email = newAddress();
  await page.goto(`${installation.origin}/login?return_to=%2Fprofile%2Fsettings`);
  await ask(page, email);
  const link = linkIn(await mailTo(email, 1, installation.dir));
  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(link);
  await expect(headingOf(other)).toHaveText('Create your account');
  await expect(other).toHaveTitle(/^Create your account/);
  await expectAccessible(other);
  await other.getByRole('button', { name: 'Create account' }).click();

  const create = other.getByRole('button', { name: 'Create account' });
  await expect(headingOf(other)).toHaveText('Create your account');
  await expect(other.getByText(`${email} is verified.`)).toBeVisible();
  await expectAccessible(other);
  await create.click();
  await expect(other.getByRole('region', { name: 'Check one field' })).toBeFocused();
  const last = other.getByRole('textbox', { name: 'Last name' });
  await expect(last).toHaveAccessibleDescription(/Enter Last name/);
  await expectAccessible(other);
  await other.getByRole('textbox', { name: 'First name' }).fill('Ada');
  await other.reload();
  await expect(other.getByRole('textbox', { name: 'First name' })).toBeVisible();
  await page.goto(`${installation.origin}/login?step=details`);
  await expect(page.getByText('no account was created')).toBeVisible();

  await other.getByRole('textbox', { name: 'First name' }).fill('Ada');
  await last.fill('Lovelace');
  await create.click();
  await expect(headingOf(other)).toHaveText('Account settings');
  await expect(other.getByRole('textbox', { name: 'Last name' })).toHaveValue('Lovelace');
  await context.close();
});

test('with registration by invitation, an operator invites a person, who registers', async ({
  page,
  browser,
  installation,
}) => {
  await start(installation, { registration: 'invitation' });
  const operator = newAddress();
  const { link } = JSON.parse(await installation.signet('operator', 'invite', '--email', operator, '--json'));
  await addAuthenticator(page);
  await page.goto(link);
  await proveMailbox(page, operator, installation.dir);
  await page.getByRole('textbox', { name: 'First name' }).fill('Grace');
  await page.getByRole('button', { name: 'Create a passkey and join' }).click();
  await expect(headingOf(page)).toHaveText('Overview');
  await page.goto(`${installation.origin}/console/signet/signet/users/invitations`);
  await expect(page.getByText('No open invitations.')).toBeVisible();
  const send = page.getByRole('button', { name: 'Send invitation' });
  await send.click();
  await expect(emailField(page)).toHaveAccessibleDescription(/such as name@example.com/);
  const [invited, other] = [newAddress(), newAddress()];
  for (const email of [invited, other]) {
    await emailField(page).fill(email);
    await send.click();
    await expect(page.getByRole('status').filter({ hasText: email })).toBeVisible();
    await expect(page.getByRole('rowheader', { name: email })).toBeVisible();
  }
  await expectAccessible(page);
  await page.getByRole('button', { name: `Revoke invitation for ${other}` }).click();
  await expect(page.getByRole('rowheader', { name: other })).toHaveCount(0);

  const { text } = await mailTo(invited, 1, installation.dir);
  expect(text).toContain('Grace invited you');
  const context = await browser.newContext();
  const theirs = await context.newPage();
  await theirs.goto(text.match(/^https?:\S+$/m)?.[0] ?? '');
  await expect(emailField(theirs)).toHaveAccessibleDescription(/your invitation was sent to/);
  await ask(theirs, other);
  await theirs.goto(`${installation.origin}/login?email=${encodeURIComponent(invited)}`);
  await expect(emailField(theirs)).toHaveValue(invited);
  await ask(theirs, invited);
  await answer(theirs, installation, invited, 2);
  await expect(headingOf(theirs)).toHaveText('Account & Security');
  await expect(theirs.getByRole('button', { name: 'Create a passkey' })).toBeVisible();
  expect((await mailsTo(other, installation.dir)).map(({ subject }) => subject)).toEqual(['You are invited to Signet']);
  await page.reload();
  await expect(page.getByText('No open invitations.')).toBeVisible();
  await context.close();
});
