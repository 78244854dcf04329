import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectAccessible } from './fixtures';
import { CONSOLE, expect, test } from './operator';

const headingOf = (page: Page) => page.getByRole('heading', { level: 1 });
const sideMenu = (page: Page) => page.getByRole('navigation', { name: 'Project' });

test('a person without a role finds no console, and an unknown page says so within the frame', async ({
  page,
  person,
  enter,
  operator,
}) => {
  await enter(page, person);
  for (const path of ['/console', CONSOLE, `${CONSOLE}/users`])
    expect((await page.goto(path))?.status(), path).toBe(404);

  const { page: tab } = await operator('viewer');
  for (const path of [
    `${CONSOLE}/nothing`,
    '/console/signet/nothing',
    '/console/nobody/signet',
    '/console/-/nothing',
  ]) {
    expect((await tab.goto(path))?.status(), path).toBe(404);
    await expect(headingOf(tab)).toHaveText('Page not found');
    await expect(tab).toHaveTitle(/Signet$/);
    await expect(tab.getByRole('button', { name: /^Account menu/ })).toBeVisible();
  }
});

test('the overview shows the URLs for API clients, and sign-in methods as a chart and as a table', async ({
  operator,
  baseURL: url = '',
}) => {
  const { page } = await operator('viewer');
  await page.goto(CONSOLE);
  await expect(page).toHaveTitle('Overview · Signet');
  await expect(page.getByRole('textbox', { name: 'Domain' })).toHaveValue(new URL(url).host);
  await expect(page.getByRole('textbox', { name: 'Token endpoint' })).toHaveValue(`${url}/oauth2/token`);
  await expect(page.getByRole('textbox', { name: 'Audience' })).toHaveValue(`${url}/admin`);
  for (const label of ['Users', 'Passkey adoption', 'Active sessions', 'API credentials'])
    await expect(page.getByRole('term').filter({ hasText: label })).toBeVisible();

  const chart = page.getByRole('img', { name: /^Sign-ins by method in the last 30 days: Passkey \d/ });
  await expect(chart).toBeVisible();
  await page.getByText('Show as table').click();
  const table = page.getByRole('table', { name: 'Sign-ins by day and method' });
  await expect(table.getByRole('row')).toHaveCount(31);
  await expect(table.getByRole('columnheader')).toHaveText(['Day', 'Passkey', 'Code', 'Link', 'Other', 'Total']);
  await expect(page.getByRole('list', { name: 'Recent events' }).getByRole('listitem')).not.toHaveCount(0);
  await page.getByRole('main').getByRole('link', { name: 'Audit log' }).click();
  await expect(headingOf(page)).toHaveText('Audit log');
  await expect(headingOf(page)).toBeFocused();
});

test('the search leads to pages and users by keyboard alone', async ({ operator, adminApi }) => {
  const { page } = await operator();
  const first = `Ada-${randomUUID().slice(0, 8)}`;
  const person = await adminApi.createPerson({ first, last: 'Lovelace' });
  await page.goto(`${CONSOLE}/schemas`);
  const field = page.getByRole('combobox', { name: 'Search' });
  const option = (name: string | RegExp) => page.getByRole('option', { name });

  await page.keyboard.press('Control+k');
  await expect(field).toBeFocused();
  await page.keyboard.type('audit');
  await expect(option('Audit log')).toHaveAttribute('data-highlighted');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${CONSOLE}/audit-log`);
  await expect(headingOf(page)).toBeFocused();

  await page.keyboard.press('/');
  await page.keyboard.type(`lovelace ${first.toLowerCase()}`);
  await expect(option(new RegExp(`${first} Lovelace`))).toHaveAttribute('data-highlighted');
  await page.keyboard.press('ArrowDown');
  await expect(option(/^Search all users for/)).toHaveAttribute('data-highlighted');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${CONSOLE}/users/${person.id}`);

  const button = page.getByRole('button', { name: 'Search… Ctrl K' });
  await button.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('zzz');
  await page.keyboard.press('Escape');
  await expect(field).toHaveCount(0);
  await expect(button).toBeFocused();

  // On a page with a search field, the key focuses that field.
  await page.goto(`${CONSOLE}/users`);
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
});

test('the single-key shortcut does nothing once switched off', async ({ operator }) => {
  const { page } = await operator('viewer');
  const field = page.getByRole('searchbox');
  const choose = async (name: string) => {
    await page.getByRole('button', { name: /^Account menu/ }).click();
    await page.getByRole('menuitemradio', { name, exact: true }).click();
  };
  await page.goto(`${CONSOLE}/users`);
  await choose('Only with Ctrl or ⌘');
  await expect(field).not.toHaveAttribute('aria-keyshortcuts');
  await page.reload();
  await expect(field).not.toHaveAttribute('aria-keyshortcuts');
  await page.keyboard.press('/');
  await expect(field).not.toBeFocused();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search' })).toBeFocused();
  await page.keyboard.press('Escape');

  await choose('On');
  await expect(field).toHaveAttribute('aria-keyshortcuts', '/');
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('/');
  await expect(field).toBeFocused();
});

test('organization and project are chosen at the top', async ({ operator, context, baseURL: url = '' }) => {
  const { page } = await operator('owner');
  const slug = `switch-${randomUUID().slice(0, 8)}`;
  const switcher = (name: string) => page.getByRole('button', { name, exact: true });
  const item = (name: string) => page.getByRole('menuitem', { name, exact: true });
  await page.goto(CONSOLE);
  await switcher('Project: Signet').click();
  await expect(item('Signet')).toHaveAttribute('aria-current', 'true');
  await item('New project').click();
  await page.getByRole('textbox', { name: 'Name' }).first().fill(slug);
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page).toHaveURL(`/console/signet/${slug}`);
  await expect(page).toHaveTitle(`Overview · ${slug} · Signet`);

  // The same section of the other project, by keyboard.
  await page.goto(`/console/signet/${slug}/schemas`);
  await switcher(`Project: ${slug}`).focus();
  await page.keyboard.press('Enter');
  await expect(item(slug)).toBeVisible();
  await page.keyboard.type('Signet');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${CONSOLE}/schemas`);
  await expect(switcher('Project: Signet')).toBeVisible();

  await switcher('Organization: Signet').click();
  await expect(item('New organization')).toBeVisible();
  await item('Signet').click();
  await expect(page).toHaveURL('/console/signet');
  const links = page.getByRole('navigation', { name: 'Organization' }).getByRole('link');
  await expect(links).toHaveText(['Projects', 'Operators', 'Activity', 'Settings']);
  await expect(links.first()).toHaveAttribute('aria-current', 'page');

  // Only the host of the installation itself has a console.
  const other = new URL(url);
  other.hostname = `${slug}.localhost`;
  const elsewhere = await context.newPage();
  expect((await elsewhere.goto(`${other.origin}/console`))?.status()).toBe(404);
});

test('a viewer is offered no action that is not permitted', async ({ operator }) => {
  const { page } = await operator('viewer');
  await page.goto(CONSOLE);
  await page.getByRole('button', { name: 'Project: Signet', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: 'Signet', exact: true })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'New project' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('new');
  await expect(page.getByRole('option', { name: /^Search all users for/ })).toBeVisible();
  await expect(page.getByRole('option', { name: /^New/ })).toHaveCount(0);
  for (const path of ['/console/signet/-/new-project', `${CONSOLE}/users/new`]) {
    await page.goto(path);
    await expect(headingOf(page)).toHaveText('You don’t have permission');
    await expectAccessible(page);
  }
});

test('the side menu collapses and stays so; on a phone it is a sheet', async ({ operator }) => {
  const { page } = await operator('viewer');
  await page.goto(`${CONSOLE}/schemas/default`);
  await expect(sideMenu(page).getByRole('link', { name: 'Schemas' })).toHaveAttribute('aria-current', 'true');
  await page.getByRole('button', { name: 'Collapse sidebar' }).click();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Expand sidebar' })).toBeVisible();
  const folded = await sideMenu(page).boundingBox();
  expect(folded?.width).toBeLessThan(64);
  await sideMenu(page).getByRole('link', { name: 'Audit log' }).focus();
  await page.keyboard.press('Enter');
  await expect(headingOf(page)).toHaveText('Audit log');
  await expect(sideMenu(page).getByRole('link', { name: 'Audit log' })).toHaveAttribute('aria-current', 'page');

  await page.setViewportSize({ width: 320, height: 700 });
  await expect(sideMenu(page)).toBeHidden();
  await page.getByRole('button', { name: 'Open menu' }).click();
  const sheet = page.getByRole('dialog', { name: 'Menu' });
  await expect(sheet.getByRole('button', { name: 'Organization: Signet' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(page.getByRole('button', { name: 'Open menu' })).toBeFocused();
  await page.keyboard.press('Enter');
  await sheet.getByRole('link', { name: 'Overview' }).click();
  await expect(sheet).toBeHidden();
  await expect(headingOf(page)).toHaveText('Overview');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

for (const theme of ['light', 'dark']) {
  test(`the overview and the search are accessible: ${theme}`, async ({ operator, baseURL: url = '' }) => {
    const { page } = await operator();
    await page.context().addCookies([{ name: 'signet_theme', value: theme, url }]);
    for (const [locale, summary] of [
      ['en', 'Show as table'],
      ['de', 'Als Tabelle anzeigen'],
    ] as const) {
      await page.context().addCookies([{ name: 'signet_locale', value: locale, url }]);
      await page.goto(CONSOLE);
      await page.getByText(summary).click();
      await expectAccessible(page, locale);
    }
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('option').first()).toBeVisible();
    await expectAccessible(page, 'search');
  });
}
