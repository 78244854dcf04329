import type { Page } from '@playwright/test';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  type Fixtures,
  headingOf,
  type Person,
  type Services,
} from './fixtures';
import { CONSOLE, expect, test } from './operator';
import { press } from './press';

/** One person in the console: sign-in methods, sessions, history and own view. */
const pageOf = ({ id }: Person, tab = '') => `${CONSOLE}/users/${id}${tab}`;
const openTab = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'User' }).getByRole('link', { name }).click();

async function copied(page: Page, name: string | RegExp): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name }).click();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Signs in a person with a passkey. */
async function settle(page: Page, { id }: Person, services: Services, enter: Fixtures['enter']): Promise<void> {
  await services.registerPasskey(id, 'Old laptop');
  await enter(page, { id });
  await page.goto('/profile');
}

test('an operator removes a lost passkey and revokes every session; the history records it', async ({
  page: theirs,
  services,
  enter,
  person,
  operator,
  adminApi,
}) => {
  await settle(theirs, person, services, enter);
  const { page } = await operator();
  await page.goto(pageOf(person));
  await openTab(page, /^Passkeys/);
  await expect(page).toHaveURL(pageOf(person, '/passkeys'));
  const passkeys = page.getByRole('list', { name: 'Passkeys' });
  await expect(passkeys).toContainText('This device only');

  await page.getByRole('button', { name: 'Rename Old laptop' }).click();
  await page.getByRole('textbox', { name: 'Name of the passkey' }).fill('Lost laptop');
  await expectAccessible(page, 'the form');
  expect(await copied(page, 'Copy as curl')).toMatch(/^curl -X PATCH '.+\/credentials\/passkey\/.+"Lost laptop"/s);
  await page.getByRole('textbox', { name: 'Name of the passkey' }).press('Enter');
  await expect(passkeys).toContainText('Lost laptop');
  await page.getByRole('button', { name: 'Delete Lost laptop' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('Sign-in by email keeps working.');
  await expectAccessible(page, 'the dialog');
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByText('No passkeys yet.')).toBeVisible();

  await openTab(page, /^Sessions/);
  await expect(page.getByRole('list', { name: 'Sessions' })).toContainText('with an email code');
  await expectAccessible(page, 'the sessions');
  expect(await copied(page, /^Copy as curl: sign out/)).toMatch(/^curl -X DELETE '.+\/admin\/sessions\//);
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(dialog).toContainText('This ends one session immediately.');
  await dialog.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page.getByText('No active sessions.')).toBeVisible();
  await theirs.reload();
  await expect(theirs).toHaveURL(/\/login/);

  const traits = { email: person.email, name: { first: '<img src=x onerror=alert(1)>', last: person.last } };
  await adminApi.call('PUT', `/admin/identities/${person.id}`, { traits });
  await openTab(page, /^History/);
  const change = page.getByRole('listitem').filter({ hasText: 'First name was changed' });
  await expect(change.getByRole('definition')).toHaveText('Before: AdaAfter: <img src=x onerror=alert(1)>');
  await expect(change).toContainText('by Stories');
  const deleted = page
    .getByRole('listitem')
    .filter({ hasText: 'Passkey “Lost laptop”' })
    .filter({ hasText: 'deleted' });
  await expect(deleted).toContainText('by Grace Hopper');
  await page.getByRole('link', { name: 'Open in the audit log' }).click();
  await expect(page.getByRole('textbox', { name: 'User' })).toHaveValue(person.id);
});

test('an operator sees when an account that its owner deleted deletes itself, and keeps it, by keyboard', async ({
  services,
  person,
  operator,
  adminApi,
}) => {
  await services.deleteAccount(person.id);
  const { page } = await operator('admin');
  await page.goto(`${CONSOLE}/users?state=deleting&q=${encodeURIComponent(person.email)}`);
  await expect(page.getByRole('row').filter({ hasText: person.email })).toContainText('Will be deleted on');
  await expectAccessible(page, 'the list');
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(pageOf(person));
  const notice = page.getByText('This person deleted their account.');
  await expect(notice).toBeVisible();
  await expectAccessible(page, 'the page at 320 px');
  await expectNoSidewaysScroll(page);
  const dialog = page.getByRole('alertdialog', { name: /^Keep the account of / });
  const opener = page.getByRole('button', { name: 'Cancel deletion' });
  await press(page, opener, 'Enter', dialog.getByRole('button', { name: 'Cancel' }));
  await dialog.getByRole('button', { name: 'Keep account' }).press('Enter');
  await expect(notice).toHaveCount(0);
  await expect(headingOf(page)).toBeFocused();
  const identity = await (await adminApi.call('GET', `/admin/identities/${person.id}`)).json();
  expect(identity).not.toHaveProperty('deletion_due_at');
});

test('a viewer sees what the person sees, without controls', async ({
  page: theirs,
  services,
  enter,
  person,
  operator,
}) => {
  await settle(theirs, person, services, enter);
  const { page } = await operator('viewer');
  await page.goto(pageOf(person));
  await page.getByRole('link', { name: 'View as user' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`What ${person.first} ${person.last} sees`);
  await expect(page.getByText('This is a read-only preview.')).toBeVisible();
  const preview = page.getByRole('region', { name: 'Preview' });
  await expect(preview.getByRole('region', { name: 'Passkeys' })).toContainText('Old laptop');
  await expect(preview.getByRole('list', { name: 'Sessions' }).getByRole('listitem')).toHaveCount(1);
  await expect(preview.getByRole('region', { name: 'Recent activity' })).toContainText('Old laptop');
  await expect(preview.getByRole('button')).toHaveCount(0);
  await expect(preview.getByRole('link')).toHaveCount(0);

  for (const tab of ['/passkeys', '/sessions']) {
    await page.goto(pageOf(person, tab));
    const item = page
      .getByRole('main')
      .getByRole('list', { name: /Passkeys|Sessions/ })
      .getByRole('listitem');
    await expect(item).toHaveCount(1);
    await expect(item.getByRole('button')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Sign out everywhere' })).toHaveCount(0);
  }
  await theirs.reload();
  await expect(theirs.getByRole('list', { name: 'Sessions' }).getByRole('listitem')).toHaveCount(1);
});

test('every page of a person is accessible, and fits', async ({
  page: theirs,
  services,
  enter,
  operator,
  adminApi,
}) => {
  const person = await adminApi.createPerson({
    first: `<img src=x onerror=alert(1)> ${'Wide'.repeat(40)}`,
    last: '👩‍👩‍👧 ‮evil',
  });
  await settle(theirs, person, services, enter);
  const { page } = await operator();
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 320],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    for (const tab of ['/passkeys', '/sessions', '/history', '/raw', '/preview']) {
      await page.goto(pageOf(person, tab));
      await expectAccessible(page, `${tab} at ${width}, ${colorScheme}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), tab).toBeLessThanOrEqual(width);
    }
  }
  await page.goto(pageOf(person, '/raw'));
  await expect(page.getByRole('figure', { name: 'Identity' })).toContainText(`"id": "${person.id}"`);
  await expect(page.getByText('Authorization: Bearer $ACCESS_TOKEN')).toBeVisible();
  await page.goto(`${CONSOLE}/users/0190b9a4-0000-7000-8000-000000000000/history`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');
});
