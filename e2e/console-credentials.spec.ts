import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { ageSessions, changeRows, expectAccessible } from './fixtures';
import { CONSOLE, expect, test } from './operator';

/** API credentials in the console, and the commands it shows, pasted into a shell. */
const run = promisify(execFile);
const LIST = `${CONSOLE}/users/api-credentials`;
const origin = () => process.env.SIGNET_ORIGIN ?? '';

type Secret = { clientId: string; clientSecret: string };

/** From "Add new" to the detail view. */
async function addCredential(page: Page, name: string): Promise<Secret> {
  await page.goto(`${CONSOLE}/users`);
  await page.getByRole('button', { name: 'Add new' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('button', { name: 'Create' }).click();
  const secret = await readSecret(page);
  await page.getByRole('button', { name: 'Ok' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeFocused();
  return secret;
}

/** Reads the secret, which the dialog shows only once. */
async function readSecret(page: Page): Promise<Secret> {
  const dialog = page.getByRole('dialog');
  const secret = dialog.getByRole('textbox', { name: 'Client secret' });
  await expect(secret).toHaveValue(/^signet_sk_/);
  const clientId = await dialog.getByRole('textbox', { name: 'Client ID' }).inputValue();
  return { clientId, clientSecret: await secret.inputValue() };
}

/** Copies a command with its button. */
async function copied(page: Page, label: string): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: label, exact: true }).click();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Runs a command in a shell; returns its output. */
async function paste(command: string, environment: Record<string, string> = {}): Promise<string> {
  const env = { ...process.env, ...environment };
  const { stdout } = await run('bash', ['--norc', '-c', command], { env, timeout: 10_000 });
  return stdout;
}

/** Requests a token by Basic; returns the status and the token. */
async function askForToken({ clientId, clientSecret }: Secret): Promise<{ status: number; token: string }> {
  const answer = await fetch(`${origin()}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return { status: answer.status, token: (await answer.json()).access_token ?? '' };
}
const callWith = async (token: string) =>
  (await fetch(`${origin()}/admin/identities`, { headers: { authorization: `Bearer ${token}` } })).status;

test('an API credential is created step by step, and its commands work as pasted', async ({ operator, adminApi }) => {
  const { page } = await operator();
  await page.goto(CONSOLE);
  await page.getByRole('navigation', { name: 'Project' }).getByRole('link', { name: 'Users' }).click();
  const panel = page.getByRole('region', { name: 'API credentials' });
  await panel.getByRole('button', { name: 'Add new' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Nightly export');
  await page.getByRole('button', { name: 'Create' }).evaluate((button: HTMLButtonElement) => {
    for (let press = 0; press < 2; press++) button.click();
  });
  const { clientId, clientSecret } = await readSecret(page);
  await expect(page.getByRole('dialog')).toContainText('shown only once');
  expect(await copied(page, 'Copy client ID')).toBe(clientId);
  expect(await copied(page, 'Copy client secret')).toBe(clientSecret);
  const filledIn = await copied(page, 'Copy command with the secret');
  expect(JSON.parse(await paste(filledIn))).toMatchObject({ token_type: 'bearer', expires_in: 3599, scope: 'openid' });
  await page.getByRole('button', { name: 'Ok' }).click();

  await expect(page).toHaveURL(`${LIST}/${clientId}`);
  await expect(page.getByRole('textbox', { name: 'Token endpoint' })).toHaveValue(`${origin()}/oauth2/token`);
  await expect(page.getByRole('textbox', { name: 'Audience' })).toHaveValue(`${origin()}/admin`);
  await expect(page.getByRole('radio', { name: 'client_secret_basic' })).toBeChecked();
  const shell = { CLIENT_SECRET: clientSecret };
  const basic = await copied(page, 'Copy command for client_secret_basic');
  expect(JSON.parse(await paste(basic, shell))).toMatchObject({ token_type: 'bearer' });

  await page.getByRole('radio', { name: 'client_secret_post' }).check();
  expect(JSON.parse(await paste(basic, shell))).toMatchObject({ token_type: 'bearer' }); // chosen, not saved
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved: client_secret_post' })).toBeVisible();
  expect(JSON.parse(await paste(basic, shell))).toMatchObject({ error: 'invalid_client' });
  const post = await copied(page, 'Copy command for client_secret_post');
  expect(JSON.parse(await paste(post, shell))).toMatchObject({ token_type: 'bearer' });
  const keep = await copied(page, 'Copy command that stores the token');
  const token = await paste(`${keep}\nprintf %s "$ACCESS_TOKEN"`, shell);

  const left = await adminApi.call('GET', '/admin/identities?credentials_identifier=john.doe@example.com');
  for (const { id } of await left.json()) await adminApi.call('DELETE', `/admin/identities/${id}`);
  const call = async (name: string, more: Record<string, string> = {}) =>
    paste(await copied(page, `Copy command: ${name}`), { ACCESS_TOKEN: token, ...more });
  const created = JSON.parse(await call('Create an identity'));
  expect(created).toMatchObject({ state: 'active', traits: { name: { first: 'John' } } });
  const one = { IDENTITY_ID: created.id };
  expect(JSON.parse(await call('Get single identity', one))).toMatchObject({ id: created.id });
  expect(JSON.parse(await call('List identities'))).toContainEqual(expect.objectContaining({ id: created.id }));
  const updated = JSON.parse(await call('Update an identity', one));
  expect(updated).toMatchObject({ state: 'active', traits: { name: { 'academic-degree': 'Dr.' } } });
  expect(await call('Delete an identity', one)).toBe('');
  expect(JSON.parse(await call('Get single identity', one))).toMatchObject({ error: { code: 404 } });

  await page.goto(`${CONSOLE}/users`);
  await expect(page.getByRole('row', { name: 'Nightly export' })).toHaveCount(1);
  await expect(page.getByRole('row', { name: 'Nightly export' })).toContainText('client_secret_post');
  await page.getByRole('link', { name: 'Nightly export' }).click();
  await expect(page.getByText(/^now from (127\.0\.0\.1|::1)$/)).toBeVisible();
});

test('the secret appears in one response and one private file, and nowhere else', async ({ operator }) => {
  const { page } = await operator();
  await page.goto(`${CONSOLE}/users`);
  await page.getByRole('button', { name: 'Add new' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Kept nowhere');
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page.getByRole('button', { name: 'Create' }).click(),
  ]);
  const { clientId, clientSecret } = await readSecret(page);
  expect(answer.headers()['cache-control']).toContain('no-store');
  await page.keyboard.press('Escape');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download .env' }).click(),
  ]);
  const file = await readFile(await download.path(), 'utf8');
  expect(file).toContain(`CLIENT_ID=${clientId}\nCLIENT_SECRET=${clientSecret}\n`);
  await page.getByRole('button', { name: 'Ok' }).click();
  await expect(page).toHaveURL(`${LIST}/${clientId}`);
  await page.getByRole('textbox', { name: 'Name' }).fill('Kept nowhere at all');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Your changes have been saved')).toBeVisible();

  const body = clientSecret.slice('signet_sk_'.length, -7);
  const memory = () => JSON.stringify([location.href, history.state, localStorage, sessionStorage]);
  const places = [await page.content(), await page.evaluate(memory)];
  await page.goBack();
  places.push(await page.content(), await page.evaluate(memory));
  for (const at of [`${LIST}/${clientId}`, `${CONSOLE}/users`, LIST]) {
    for (const headers of [{}, { rsc: '1' }] as Array<Record<string, string>>)
      places.push(await (await page.request.get(at, { headers })).text());
  }
  const data = process.env.SIGNET_DATA_DIR ?? '';
  const kept = (await readdir(data, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  for (const { parentPath, name } of kept) places.push(await readFile(path.join(parentPath, name), 'latin1'));
  places.push(await readFile(process.env.SIGNET_SERVER_LOG ?? '', 'utf8'));
  expect(places.some((text) => text.includes(clientId))).toBe(true);
  expect(places.findIndex((text) => text.includes(body))).toBe(-1);
});

test('a rotated secret overlaps with the previous one; revoking ends both, and the tokens', async ({ operator }) => {
  const admin = await operator();
  const { page } = admin;
  const old = await addCredential(page, 'Rotating');
  const before = await askForToken(old);
  expect(await callWith(before.token)).toBe(200);
  await ageSessions(admin);
  await page.locator('#content').getByRole('button', { name: 'Rotate secret' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rotate the client secret?' });
  await expect(dialog.getByRole('radio')).toHaveCount(5);
  await dialog.getByRole('radio', { name: 'Works for 7 more days' }).check();
  await dialog.getByRole('button', { name: 'Rotate secret' }).click();
  await page.getByRole('button', { name: 'Confirm with a passkey' }).click();
  const fresh = await readSecret(page);
  await expect(page.getByRole('dialog')).toContainText('The old secret works until');
  await page.getByRole('button', { name: 'Ok' }).click();
  expect(fresh.clientId).toBe(old.clientId);
  await expect(page.getByText('Expires in 7 days')).toBeVisible();
  expect([(await askForToken(old)).status, (await askForToken(fresh)).status]).toEqual([200, 200]);

  await page.locator('#content').getByRole('button', { name: 'Rotate secret' }).click();
  await dialog.getByRole('radio', { name: 'Stops working now' }).check();
  await dialog.getByRole('button', { name: 'Rotate secret' }).click();
  const last = await readSecret(page);
  await page.getByRole('button', { name: 'Ok' }).click();
  const statuses = await Promise.all([old, fresh, last].map(async (secret) => (await askForToken(secret)).status));
  expect(statuses).toEqual([401, 401, 200]);
  expect(await callWith(before.token)).toBe(200);

  await page.getByRole('button', { name: 'Revoke' }).click();
  const question = page.getByRole('alertdialog', { name: 'Revoke “Rotating”?' });
  await expect(question).toContainText('all its access tokens stop working immediately');
  await question.getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('This API credential was revoked on')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  expect(await callWith(before.token)).toBe(401);
  expect((await askForToken(last)).status).toBe(401);
  for (const name of ['Rotate secret', 'Save changes', 'Revoke'])
    await expect(page.getByRole('button', { name })).toHaveCount(0);
  await page.getByRole('link', { name: 'API credentials' }).click();
  await expect(page.getByRole('row', { name: 'Rotating' })).toContainText('Revoked');
});

test('a rename from a stale tab overwrites nothing and shows both names', async ({ operator }) => {
  const { page } = await operator();
  await addCredential(page, 'Payroll');
  const stale = await page.context().newPage();
  await stale.goto(page.url());
  await page.getByRole('textbox', { name: 'Name' }).fill('Wages');
  await page.getByRole('radio', { name: 'Read only' }).check();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Wages');
  await expect(page.getByText('Only calls that the scopes of this API credential allow')).toBeVisible();

  await stale.getByRole('textbox', { name: 'Name' }).fill('Salaries');
  await stale.getByRole('button', { name: 'Save changes' }).click();
  await expect(stale.getByText('One field changed while you were editing')).toBeVisible();
  await expect(stale.getByText('Wages', { exact: true })).toBeVisible();
  await expect(stale.getByRole('textbox', { name: 'Name' })).toHaveValue('Salaries');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Wages');
  await stale.getByRole('button', { name: 'Keep mine for Name' }).click();
  await stale.getByRole('button', { name: 'Save changes' }).click();
  await expect(stale.getByRole('heading', { level: 1 })).toHaveText('Salaries');
  await expect(stale.getByRole('radio', { name: 'Read only' })).toBeChecked();
});

test('scopes are chosen one by one: the token has exactly these, and the commands follow', async ({ operator }) => {
  const admin = await operator();
  const { page } = admin;
  await page.goto(`${CONSOLE}/users`);
  await page.getByRole('button', { name: 'Add new' }).click();
  const dialog = page.getByRole('dialog', { name: 'New API credential' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Audit reader');
  await expect(dialog.getByRole('radio', { name: 'Full access' })).toBeChecked();
  await dialog.getByRole('radio', { name: 'Custom' }).check();
  await expect(dialog.getByRole('checkbox')).toHaveCount(17);
  for (const box of await dialog.getByRole('checkbox').all()) await box.uncheck();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByText('Select at least one scope.')).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'Read the audit log' }).check();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Create' }).click();
  const secret = await readSecret(page);
  expect(JSON.parse(await paste(await copied(page, 'Copy command with the secret')))).toMatchObject({
    scope: 'audit:read',
  });
  await page.getByRole('button', { name: 'Ok' }).click();
  const { token } = await askForToken(secret);
  expect(await callWith(token)).toBe(403);
  await expect(page.getByText('allow none of these calls')).toBeVisible();

  await ageSessions(admin);
  const settings = page.getByRole('region', { name: 'Settings' });
  await expect(settings.getByRole('radio', { name: 'Custom' })).toBeChecked();
  await settings.getByRole('checkbox', { name: 'Read identities' }).check();
  await settings.getByRole('button', { name: 'Save changes' }).click();
  await page.getByRole('button', { name: 'Confirm with a passkey' }).click();
  await expect(settings.getByText('Your changes have been saved')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy command: List identities' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy command: Create an identity' })).toHaveCount(0);
  expect(await callWith((await askForToken(secret)).token)).toBe(200);
});

test('an expiry is entered in the person’s own time; an expired credential says so and can be extended', async ({
  operator,
}) => {
  const { page } = await operator();
  const secret = await addCredential(page, 'For a while');
  const expires = page.getByLabel('Expires', { exact: true });
  const save = page.getByRole('button', { name: 'Save changes' });
  await expires.fill('2020-01-01T00:00');
  await save.click();
  await expect(expires).toHaveAccessibleDescription(/Choose a time in the future.*Europe\/Berlin/);
  await expires.fill('2098-07-01T12:00');
  await save.click();
  await expect(page.getByText('Your changes have been saved')).toBeVisible();
  await expect(page.getByTitle('1 July 2098 at 12:00 CEST')).toHaveText('1 July 2098');
  await expect(expires).toHaveValue('2098-07-01T12:00');

  const { clientId } = secret;
  const past = new Date(Date.now() - 2 * 60 * 60 * 1000);
  await changeRows('UPDATE "ApiCredential" SET "expiresAt" = $1 WHERE "clientId" = $2', past, clientId);
  await page.reload();
  await expect(page.getByText('This API credential expired on')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Rotate secret' })).toHaveCount(0);
  expect((await askForToken(secret)).status).toBe(401);
  await page.getByRole('textbox', { name: 'Name' }).fill('For longer');
  await expires.fill('');
  await save.click();
  await expect(page.getByText('Your changes have been saved')).toBeVisible();
  expect((await askForToken(secret)).status).toBe(200);
});

test('a viewer sees everything but no control that changes it; an unknown or foreign ID is not found', async ({
  operator,
}) => {
  const { page: admin } = await operator('admin');
  const { clientId } = await addCredential(admin, 'Looked at');
  const { page } = await operator('viewer');
  await page.goto(`${CONSOLE}/users`);
  await expect(page.getByRole('button', { name: 'Add new' })).toHaveCount(0);
  await page.goto(`${LIST}/${clientId}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Looked at');
  await expect(page.getByRole('textbox', { name: 'Audience' })).toBeVisible();
  await expect(page.getByRole('radio')).toHaveCount(0);
  for (const name of ['Save changes', 'Rotate secret', 'Revoke'])
    await expect(page.getByRole('button', { name })).toHaveCount(0);
  for (const id of ['sc_nobody', 'x'.repeat(500), '%3Cimg%3E'])
    expect((await page.goto(`${LIST}/${id}`))?.status(), id).toBe(404);
});

for (const [colorScheme, locale, rotate] of [
  ['light', 'en', 'Rotate secret'],
  ['dark', 'de', 'Secret rotieren'],
] as const) {
  test(`no accessibility faults, and everything fits 320 px: ${colorScheme}, ${locale}`, async ({ operator }) => {
    const { page } = await operator();
    await page.emulateMedia({ colorScheme });
    await addCredential(page, `<img src=x onerror=alert(1)> ${'Wide'.repeat(12)} 👩‍👩‍👧 مرحبا`);
    const detail = page.url();
    await page.context().addCookies([{ name: 'signet_locale', value: locale, url: origin() }]);
    for (const at of [LIST, detail]) {
      await page.goto(at);
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await expectAccessible(page, `${at} at ${width}`);
        expect(await page.evaluate(() => document.documentElement.scrollWidth), at).toBeLessThanOrEqual(width);
      }
    }
    await page.getByRole('button', { name: rotate }).click();
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await expectAccessible(page, `rotating at ${width}`);
    }
  });
}
