import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './fixtures';
import { CONSOLE, expect, test } from './operator';

/** Applications and groups in the console. */
const LIST = `${CONSOLE}/applications`;
const ADDRESS = 'https://grafana.example.com';

/** Every width and, for colors, both schemes. */
async function expectFine(page: Page, where: string): Promise<void> {
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await expectAccessible(page, `${where} at ${width}`);
    await expectNoSidewaysScroll(page);
    if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${where}-${width}.png`, fullPage: true });
  }
}

test('an application is added by a template, opened to a group, disabled and deleted', async ({ operator }) => {
  const { page } = await operator();
  await page.goto(CONSOLE);
  await page.getByRole('navigation', { name: 'Project' }).getByRole('link', { name: 'Applications' }).click();
  await page.getByRole('link', { name: 'Add new' }).click();
  await page.getByRole('combobox', { name: 'Template' }).selectOption('Grafana');
  await page.getByRole('button', { name: 'Add application' }).click();
  await expect(page.getByRole('textbox', { name: 'Address' })).toHaveAccessibleDescription(/Enter the address/);
  await page.getByRole('textbox', { name: 'Address' }).fill(`${ADDRESS}/`);
  await expect(page.getByRole('textbox', { name: 'Redirect URIs' })).toHaveValue(`${ADDRESS}/login/generic_oauth`);
  await expectFine(page, 'new');
  await page.getByRole('button', { name: 'Add application' }).click();

  await expect(page.getByRole('heading', { name: '“Grafana” is added' })).toBeFocused();
  const secret = await page.getByRole('textbox', { name: 'Client secret' }).inputValue();
  const clientId = await page.getByRole('textbox', { name: 'Client ID' }).inputValue();
  for (const text of [`client_id = ${clientId}`, `client_secret = ${secret}`, `root_url = ${ADDRESS}/`])
    await expect(page.getByRole('figure', { name: 'Settings for grafana.ini' })).toContainText(text);
  await expectFine(page, 'made');
  await page.getByRole('button', { name: 'Go to the application' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Grafana' })).toBeVisible();
  expect(await page.content()).not.toContain(secret);

  await page.goto(`${CONSOLE}/users/groups`);
  await page.getByRole('button', { name: 'Add new' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Observers');
  await page.getByRole('button', { name: 'Add group' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Observers' })).toBeVisible();
  await page.getByRole('button', { name: 'Add member' }).click();
  await page.getByRole('searchbox', { name: 'Name or email address' }).fill('Hopper');
  await page
    .getByRole('button', { name: /^Add Grace Hopper/ })
    .first()
    .click();
  await expect(page.getByText('Already a member').first()).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('region', { name: 'Members' }).getByRole('rowheader')).toContainText('Grace Hopper');
  await expectFine(page, 'group');

  await page.goto(`${LIST}/${clientId}`);
  const access = page.getByRole('region', { name: 'Who may use it' });
  await access.getByRole('radio', { name: 'Members of groups' }).check();
  await access.getByRole('checkbox', { name: 'Observers' }).check();
  await access.getByRole('button', { name: 'Save changes' }).click();
  await expect(access.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await expectFine(page, 'application');
  await page.goto(LIST);
  await expect(page.getByRole('row', { name: /Grafana/ })).toContainText('Observers');
  await page.getByRole('link', { name: 'Grafana' }).click();

  await page.getByRole('button', { name: 'Disable application' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByText('This application is disabled.')).toBeVisible();
  await page.getByRole('button', { name: 'Delete application' }).click();
  await page.getByRole('alertdialog').getByRole('textbox').fill('grafana');
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Delete/ })
    .click();
  await expect(page).toHaveURL(LIST);
  await expect(page.getByRole('row', { name: /Grafana/ })).toHaveCount(0);
});

test('two operators edit an application: each keeps the other’s changes, and one field needs a choice', async ({
  operator,
}) => {
  const [{ page }, { page: theirs }] = [await operator(), await operator()];
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.context().addCookies([{ name: 'signet_locale', value: 'de', url: process.env.SIGNET_ORIGIN ?? '' }]);
  await page.goto(`${LIST}/new`);
  await page.getByRole('textbox', { name: 'Adresse' }).fill('https://wiki.example.com');
  await page.getByRole('textbox', { name: 'Name' }).fill('Wiki');
  await page.getByRole('button', { name: 'Anwendung hinzufügen' }).click();
  await expect(page.getByRole('button', { name: 'Zur Anwendung' })).toBeVisible();
  await expectFine(page, 'made-de');
  await page.getByRole('button', { name: 'Zur Anwendung' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Wiki' })).toBeVisible();
  await expect(page).toHaveURL(/applications\/app_/);
  await theirs.goto(page.url());
  const settingsOf = (at: Page) => at.getByRole('region', { name: /^(Settings|Einstellungen)$/ });
  const save = async (at: Page, name: string, button: string) => {
    const settings = settingsOf(at);
    await settings.getByRole('textbox', { name: 'Name' }).fill(name);
    await settings.getByRole('button', { name: button }).click();
  };
  await save(theirs, 'Handbook', 'Save changes');
  await expect(theirs.getByRole('heading', { level: 1, name: 'Handbook' })).toBeVisible();
  await save(page, 'Handbuch', 'Änderungen speichern');
  await expect(settingsOf(page)).toContainText('Handbook');
  await expectFine(page, 'conflict-de');
});
