import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import {
  addAuthenticator,
  ageSessions,
  codeIn,
  expectAccessible,
  headingOf,
  mailsTo,
  mailTo,
  withoutAutofill,
} from './fixtures';
import { expect, type Operator, test } from './operator';
import { elsewhere, newOrganization, newProject, type Place, panel, save, saved } from './organizations';

/** Projects. Each story has its own organization, so that none sees another's projects. */
async function signInAt(page: Page, origin: string, email: string): Promise<void> {
  await page.goto(`${origin}/login`);
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('textbox', { name: 'Code' }).fill(codeIn(await mailTo(email)));
  await expect(page).not.toHaveURL(/\/login/);
}

/** Sends a request as an API client, from this page's host. */
const ask = (page: Page, path: string, init: { method?: string; headers?: Record<string, string>; body?: string }) =>
  page.evaluate(
    async ([at, options]) => {
      // Without explicit credentials the browser does not prompt for a password when it is challenged.
      const answer = await fetch(at, { ...options, credentials: 'omit' });
      return { status: answer.status, body: await answer.json().catch(() => null) };
    },
    [path, init] as const,
  );

async function openSettings({ page }: Operator): Promise<Place & { origin: string }> {
  const project = await newProject(page, await newOrganization(page));
  await page.goto(`${project.path}/settings`);
  await expect(headingOf(page)).toHaveText('Settings');
  return project;
}

test('a second project is isolated: people, passkeys, cookies, credentials and tokens work nowhere else', async ({
  operator,
  browser,
}) => {
  test.slow(); // two browsers with many steps
  const { page: console } = await operator('owner');
  const project = await newProject(console, await newOrganization(console));
  const home = new URL(console.url()).origin;

  // An API client of the project creates a person in it.
  await console.goto(`${project.path}/users`);
  await console.getByRole('button', { name: 'Add new' }).click();
  await console.getByRole('textbox', { name: 'Name' }).fill('Program');
  await console.getByRole('button', { name: 'Create', exact: true }).click();
  const id = await console.getByRole('dialog').getByRole('textbox', { name: 'Client ID' }).inputValue();
  const secret = await console.getByRole('dialog').getByRole('textbox', { name: 'Client secret' }).inputValue();
  const form = {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  };
  const page = await elsewhere(browser);
  await withoutAutofill(page);
  const authenticator = await addAuthenticator(page);
  await page.goto(`${project.origin}/login`);
  await expect(page.getByText(`to ${project.name}`)).toBeVisible();
  const token = (await ask(page, '/oauth2/token', form)).body.access_token;
  const bearer = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const email = `${randomUUID()}@example.com`;
  const body = JSON.stringify({ traits: { email } });
  const made = await ask(page, '/admin/identities', { method: 'POST', headers: bearer, body });
  expect(made.status).toBe(201);

  await signInAt(page, project.origin, email);
  await page.goto(`${project.origin}/profile`);
  await page.getByRole('button', { name: 'Add a passkey' }).first().click();
  await expect.poll(authenticator.credentials).toBe(1);
  await expect(page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem')).toHaveCount(1);

  // The same browser at the first project: no session, and no access.
  await page.goto(`${home}/profile`);
  await expect(headingOf(page)).toHaveText('Sign in');
  expect((await ask(page, '/oauth2/token', form)).status).toBe(401);
  expect((await ask(page, '/admin/identities', { headers: bearer })).status).toBe(401);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toBeEnabled();
  await page.goto(`${home}/profile`);
  await expect(headingOf(page)).toHaveText('Sign in');
  await page.goto(`${project.origin}/console`);
  await expect(page).not.toHaveURL(/localhost:\d+\/console\//);
  await page.context().close();
});

test('settings are saved, validated, and never overwrite another’s changes', async ({ operator, browser }) => {
  test.slow(); // two browsers with many steps
  const owner = await operator('owner');
  const { page } = owner;
  const project = await openSettings(owner);

  await page.getByRole('textbox', { name: 'Accent color' }).fill('#ffff00');
  await save(page, 'Branding');
  await expect(page.getByRole('textbox', { name: 'Accent color' })).toHaveAccessibleDescription(/too light/);
  await page.getByRole('button', { name: /^Use #/ }).click();
  await save(page, 'Branding');
  await saved(page, 'Branding');
  const accent = await page.getByRole('textbox', { name: 'Accent color' }).inputValue();
  const picture = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  );
  const logo = page.getByLabel('Logo', { exact: true });
  await logo.setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') });
  await expect(logo).toHaveAccessibleDescription(/Use a PNG, JPEG or WebP image/);
  await logo.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: picture });
  await expect(page.getByRole('button', { name: 'Remove logo' })).toBeVisible();

  const visitor = await elsewhere(browser);
  await visitor.goto(`${project.origin}/login`);
  const shown = await visitor
    .getByRole('button', { name: 'Continue' })
    .evaluate((button) => getComputedStyle(button).backgroundColor);
  const wanted = [1, 3, 5].map((at) => Number.parseInt(accent.slice(at, at + 2), 16));
  expect(shown.match(/\d+/g)?.map(Number)).toEqual(wanted);
  const mark = visitor.locator('main img');
  await expect.poll(() => mark.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await visitor.context().close();

  // Another tab changes the name, then this one does.
  const other = await page.context().newPage();
  await other.goto(`${project.path}/settings`);
  await panel(other, 'General').getByRole('textbox', { name: 'Name', exact: true }).fill('Theirs');
  await save(other, 'General');
  await saved(other, 'General');
  await panel(page, 'General').getByRole('textbox', { name: 'Name', exact: true }).fill('Mine');
  await save(page, 'General');
  await expect(page.getByText('One field changed while you were editing')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Keep mine for Name' }).click();
  await save(page, 'General');
  await saved(page, 'General');
  await other.reload();
  await expect(panel(other, 'General').getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Mine');
  await other.close();

  const idle = page.getByRole('spinbutton', { name: 'Idle timeout' });
  await idle.fill('60');
  await save(page, 'Sessions');
  await expect(idle).toHaveAccessibleDescription(/no longer than the maximum session length/);
  await idle.fill('1');
  await save(page, 'Sessions');
  await saved(page, 'Sessions');
  await page.getByRole('button', { name: 'Send test email' }).click();
  await expect(page.getByText('the email was saved in the mail folder')).toBeVisible({ timeout: 20_000 });
  expect((await mailsTo(owner.email)).map(({ subject }) => subject)).toContain('Test email from Mine');
});

test('a domain is added and made primary after stating what that ends; deleting the project frees it', async ({
  operator,
  services,
}) => {
  const owner = await operator('owner');
  const { page } = owner;
  const project = await openSettings(owner);
  const origin = project.origin.replace('http://', 'http://id.');
  const domains = panel(page, 'Domains');
  await domains.getByRole('textbox', { name: 'New domain' }).fill(`${origin}/login`);
  await domains.getByRole('button', { name: 'Add domain' }).click();
  await expect(domains.getByRole('textbox', { name: 'New domain' })).toHaveAccessibleDescription(/without a path/);
  await domains.getByRole('textbox', { name: 'New domain' }).fill(origin);
  await domains.getByRole('button', { name: 'Add domain' }).click();
  await expect(domains.getByRole('listitem')).toHaveCount(2);

  const visitor = await page.context().newPage();
  await visitor.goto(`${origin}/login`);
  await expect(visitor).toHaveURL(`${project.origin}/login`);

  await ageSessions(owner);
  await domains.getByRole('button', { name: `Make ${origin} primary` }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('All passkeys keep working.');
  await dialog.getByRole('button', { name: 'Make primary' }).click();
  await page.getByRole('button', { name: 'Confirm with a passkey' }).click();
  await expect(domains.getByRole('listitem').first()).toContainText(origin);
  await visitor.goto(`${project.origin}/login`);
  await expect(visitor).toHaveURL(`${origin}/login`);

  await page.getByRole('button', { name: 'Delete project' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('This deletes no users');
  await page.getByRole('textbox', { name: /^Type / }).fill('something');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete project' }).click();
  await expect(page.getByRole('textbox', { name: /^Type / })).toHaveAccessibleDescription(/exactly/);
  await page.getByRole('textbox', { name: /^Type / }).fill(project.slug);
  await expectAccessible(page);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete project' }).click();
  await expect(page.getByText('No projects yet.')).toBeVisible();
  expect((await visitor.goto(`${origin}/login`))?.status()).toBe(421);
  await visitor.close();
  // The server's job removes what the project owned.
  await expect.poll(() => services.findUnfinishedDeletion(project.path.replace('/console/', ''))).toBeNull();
});

test('a compromised signing key is revoked after stating what that ends, and the next one signs', async ({
  operator,
}) => {
  const owner = await operator('owner');
  const { page } = owner;
  const { origin } = await openSettings(owner);
  const visitor = await page.context().newPage();
  await visitor.goto(`${origin}/login`);
  const published = async (): Promise<string[]> => {
    // A different URL each time: the browser caches the key set, as clients do.
    const { body } = await ask(visitor, `/.well-known/jwks.json?${randomUUID()}`, {});
    return body.keys.map(({ kid }: { kid: string }) => kid);
  };
  const keys = panel(page, 'Signing keys');
  const row = (state: string) => keys.getByRole('row').filter({ has: page.getByText(state, { exact: true }) });
  const [current = '', next = ''] = await Promise.all(
    ['Current', 'Next'].map(async (state) => (await row(state).getByRole('button').getAttribute('aria-label')) ?? ''),
  );
  expect((await published()).map((kid) => `Revoke ${kid}`).sort()).toEqual([current, next].sort());

  await ageSessions(owner);
  await row('Current').getByRole('button', { name: current }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Revoke this signing key?' });
  await expect(dialog).toContainText('Every token it signed is rejected immediately');
  await expect(dialog).toContainText('at their next request');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('button', { name: 'Confirm with a passkey' }).click();
  await expect(row('Current').getByRole('button', { name: next })).toBeVisible();
  await expect(keys.getByRole('button', { name: current })).toHaveCount(0);
  await expect(keys.getByRole('heading', { name: 'Signing keys' })).toBeFocused();
  expect((await published()).map((kid) => `Revoke ${kid}`)).not.toContain(current);
  await visitor.close();
});

test('the pages are accessible in both languages and themes, also on a phone', async ({
  operator,
  baseURL: url = '',
}) => {
  const owner = await operator('owner');
  const { page } = owner;
  const project = await openSettings(owner);
  const organization = project.path.slice(0, project.path.lastIndexOf('/'));
  const pages = [
    organization,
    `${organization}/-/operators`,
    `${organization}/-/activity`,
    `${organization}/-/settings`,
    `${organization}/-/new-project`,
    '/console/-/new-organization',
    `${project.path}/settings`,
  ];
  for (const [locale, theme, width] of [
    ['en', 'light', 320],
    ['de', 'dark', 1280],
  ] as const) {
    await page.context().addCookies([
      { name: 'signet_locale', value: locale, url },
      { name: 'signet_theme', value: theme, url },
    ]);
    await page.setViewportSize({ width, height: 800 });
    for (const path of pages) {
      await page.goto(path);
      await expect(headingOf(page)).toBeVisible();
      await expectAccessible(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, `${path} at ${width}`).toBeLessThanOrEqual(0);
    }
  }
});
