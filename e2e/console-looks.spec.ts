import type { Locator, Page } from '@playwright/test';
import { ageSessions, expectAccessible, headingOf } from './fixtures';
import { CONSOLE, expect, test } from './operator';
import { newOrganization, newProject } from './organizations';

/** What the eye needs: whole values, reachable sections, titles that name things, one dialog at a time. */
const fits = (field: Locator) =>
  field.evaluate((box) => box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight);

async function expectSectionList(page: Page): Promise<void> {
  const list = page.getByRole('navigation', { name: 'Sections' });
  const headings = page.getByRole('main').getByRole('heading', { level: 2 });
  await expect(list.getByRole('link')).toHaveText(await headings.allTextContents());
}

for (const width of [320, 1440]) {
  test(`secrets, links and commands are seen whole at ${width} px`, async ({ operator, person }) => {
    const { page } = await operator('owner');
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${CONSOLE}/users/api-credentials`);
    await page.getByRole('button', { name: 'Add new' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Seen whole');
    await page.getByRole('button', { name: 'Create' }).click();
    const secret = page.getByRole('textbox', { name: 'Client secret' });
    await expect(secret).toHaveValue(/^signet_sk_/);
    for (const field of [secret, page.getByRole('textbox', { name: 'Client ID' })])
      expect(await fits(field)).toBe(true);
    expect(await fits(page.getByRole('dialog').locator('pre'))).toBe(true);
    await page.getByRole('button', { name: 'Ok' }).click();
    await expect(headingOf(page)).toHaveText('Seen whole');
    for (const block of await page.getByRole('figure').locator('pre:visible').all())
      expect(await fits(block)).toBe(true);

    await page.goto(`${CONSOLE}/users/${person.id}`);
    if (width < 640) await page.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('button', { name: 'Recovery link' }).click();
    await page.getByRole('button', { name: 'Create recovery link' }).click();
    for (const name of ['Link', 'Code']) expect(await fits(page.getByRole('textbox', { name }))).toBe(true);
  });
}

test('the sections of settings and of an API credential are listed, marked and reached by keyboard', async ({
  operator,
  adminApi,
}) => {
  const { page } = await operator('owner');
  await page.goto(`${CONSOLE}/settings`);
  await expectSectionList(page);
  const link = (name: string) => page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name });
  await expect(link('General')).toHaveAttribute('aria-current', 'true');
  await link('Signing keys').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Signing keys' })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'Signing keys' })).toBeInViewport();
  await expect(link('Signing keys')).toHaveAttribute('aria-current', 'true');
  await expect(link('General')).not.toHaveAttribute('aria-current');

  await page.goto(`${CONSOLE}/users/api-credentials/${adminApi.clientId}`);
  await expectSectionList(page);
  await link('Revoke').click();
  await expect(page.getByRole('button', { name: 'Revoke' })).toBeInViewport();
  await expect(link('Revoke')).toHaveAttribute('aria-current', 'true');
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await expectAccessible(page);
  }
});

test('titles name the person, the credential, the schema and the event', async ({ operator, person, adminApi }) => {
  const { page } = await operator();
  const name = `${person.first} ${person.last}`;
  const titled = async (path: string, title: string | RegExp) => {
    await page.goto(`${CONSOLE}/${path}`);
    await expect(page).toHaveTitle(title);
  };
  await titled(`users/${person.id}`, `${name} · Signet`);
  await titled(`users/${person.id}/passkeys`, `Passkeys · ${name} · Signet`);
  await titled(`users/api-credentials/${adminApi.clientId}`, /^Stories .* · Signet$/);
  await titled('schemas/default', 'default · Signet');
  await titled(`users/${person.id}/history`, `History · ${name} · Signet`);
  await page.getByRole('link', { name: `${name} was created` }).click();
  await expect(page).toHaveTitle(`${name} was created · Signet`);
  await page.goto('/login/link?nonsense');
  await expect(page).toHaveTitle('This link no longer works');
});

test('“Confirm it’s you” takes the place of the dialog below it', async ({ operator, person }) => {
  const admin = await operator('admin');
  const { page } = admin;
  await ageSessions(admin);
  await page.goto(`${CONSOLE}/users/${person.id}`);
  await page.getByRole('button', { name: 'Deactivate' }).click();
  const below = page.getByRole('alertdialog');
  await below.getByRole('button', { name: 'Deactivate' }).click();
  const stepUp = page.getByRole('dialog', { name: "Confirm it's you" });
  await expect(stepUp).toBeVisible();
  await expect(page.getByText(`Deactivate ${person.first} ${person.last}?`)).toBeHidden();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(stepUp).toBeHidden();
  await expect(below).toBeVisible();
  // No error: the person closed the dialog.
  await expect(below.getByRole('status').filter({ hasText: 'Cancelled. Nothing was changed.' })).toBeVisible();
  await expect(below.getByRole('alert')).toHaveCount(0);
  await expect.poll(() => below.evaluate((box) => box.contains(document.activeElement))).toBe(true);
});

test('on a phone, a person’s page begins with its content', async ({ operator, person }) => {
  const { page } = await operator();
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(`${CONSOLE}/users/${person.id}`);
  await expect(page.getByText('Active sessions', { exact: true })).toBeInViewport();
  const open = page.getByRole('button', { name: 'Actions' });
  await expect(page.getByRole('link', { name: 'View as user' })).toBeHidden();
  await open.press('Enter');
  await expect(open).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('link', { name: 'View as user' })).toBeVisible();
  await expectAccessible(page);
});

test('the overview begins with people; its events name their actor once', async ({ operator, person, services }) => {
  const { page } = await operator('viewer');
  await page.goto(CONSOLE);
  const [numbers, access] = await Promise.all(
    ['At a glance', 'API access'].map((name) => page.getByRole('region', { name }).boundingBox()),
  );
  expect(numbers?.y).toBeLessThan(access?.y ?? 0);
  const event = page
    .getByRole('list', { name: 'Recent events' })
    .getByRole('listitem')
    .filter({ hasText: `${person.first} ${person.last} signed in` });
  // Other stories add events to the same project.
  await expect(async () => {
    await services.openSession(person.id);
    await page.reload();
    const text = (await event.first().textContent({ timeout: 2000 })) ?? '';
    expect(text.split(person.last)).toHaveLength(2);
  }).toPass();
});

test('the choice of a project offers a new one; a name said twice is written once', async ({ operator }) => {
  const { page } = await operator('owner');
  const acme = await newOrganization(page);
  await newProject(page, acme);
  await page.goto('/console');
  await expect(headingOf(page)).toHaveText('Choose a project');
  await expectAccessible(page);
  await page.getByRole('link', { name: `New project in ${acme.name}` }).click();
  await expect(headingOf(page)).toHaveText('New project');
  await page.goto(CONSOLE);
  const bar = page.getByRole('banner');
  await expect(bar.getByText('Signet', { exact: true })).toHaveCount(2); // the mark’s, read out, and the project’s
  await expect(bar.getByRole('button', { name: 'Organization: Signet' })).toBeVisible();
});
