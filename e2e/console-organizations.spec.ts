import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { addAuthenticator, ageSessions, expectAccessible, headingOf, mailTo, proveMailbox } from './fixtures';
import { CONSOLE, expect, test } from './operator';
import { elsewhere, newOrganization, newProject, panel, save, saved } from './organizations';

/** Organizations and their operators. Each story has its own organization. */
test('an organization keeps both names of two tabs for the operator to choose, and is deleted after its name is typed', async ({
  operator,
}) => {
  const owner = await operator('owner');
  const { page } = owner;
  const organization = await newOrganization(page);
  const other = await page.context().newPage();
  const settings = `${organization.path}/-/settings`;
  const name = (tab: Page) => panel(tab, 'General').getByRole('textbox', { name: 'Name', exact: true });
  for (const tab of [page, other]) await tab.goto(settings);
  await name(other).fill('Theirs');
  await save(other, 'General');
  await saved(other, 'General');
  await name(page).fill('Mine');
  await save(page, 'General');
  await expect(page.getByText('One field changed while you were editing')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Keep mine for Name' }).click();
  await save(page, 'General');
  await saved(page, 'General');
  await other.close();

  await ageSessions(owner);
  await page.getByRole('button', { name: 'Delete organization' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete Mine?' });
  await expect(dialog).toContainText('Its operators lose their roles');
  await dialog.getByRole('textbox', { name: /^Type / }).fill('Mine');
  await dialog.getByRole('button', { name: 'Delete organization' }).click();
  await expect(dialog.getByRole('textbox', { name: /^Type / })).toHaveAccessibleDescription(/exactly/);
  await dialog.getByRole('textbox', { name: /^Type / }).fill(organization.slug);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Delete organization' }).click();
  await page.getByRole('button', { name: 'Confirm with a passkey' }).click();
  await expect(page).not.toHaveURL(new RegExp(settings));
  expect((await page.goto(settings))?.status()).toBe(404);
});

test('operators are invited, change roles and leave; a demoted one is refused in an open tab', async ({
  operator,
  browser,
}) => {
  const { page } = await operator('owner');
  const organization = await newOrganization(page);
  const project = await newProject(page, organization);
  await page.goto(`${organization.path}/-/operators`);
  await page.getByRole('button', { name: 'Invite operator' }).click();
  const email = `${randomUUID()}@example.com`;
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByRole('checkbox', { name: 'Also email the link' }).check();
  await page.getByRole('button', { name: 'Create link' }).click();
  const link = await page.getByRole('dialog').getByRole('textbox', { name: 'Link' }).inputValue();
  await page.getByRole('button', { name: 'Done' }).click();
  expect(await mailTo(email)).toMatchObject({ subject: `Invitation to manage ${organization.name}` });
  await expect(page.getByRole('table', { name: 'Invited people' })).toContainText(email);

  const admin = await elsewhere(browser);
  await addAuthenticator(admin);
  await admin.goto(link);
  await expect(headingOf(admin)).toHaveText(`Join ${organization.name}`);
  await proveMailbox(admin, email);
  await admin.getByRole('textbox', { name: 'First name' }).fill('Alan');
  await admin.getByRole('button', { name: 'Create a passkey and join' }).click();
  await expect(headingOf(admin)).toHaveText('Overview');
  expect((await admin.goto(CONSOLE))?.status()).toBe(404); // a role here is none in the first organization
  await admin.goto(`${project.path}/settings`);
  await expect(panel(admin, 'Danger zone')).toHaveCount(0);

  await page.reload();
  await page.getByRole('button', { name: 'Change role of Alan' }).click();
  await page.getByRole('radio', { name: 'Viewer' }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'Change role' }).click();
  await expect(page.getByRole('row', { name: /Alan/ })).toContainText('Viewer');

  await panel(admin, 'General').getByRole('textbox', { name: 'Name', exact: true }).fill('Mine');
  await save(admin, 'General');
  await expect(
    panel(admin, 'General').getByRole('alert').filter({ hasText: 'You don’t have permission' }),
  ).toBeVisible();
  await admin.reload();
  await expect(admin.getByText('Your role can view these settings')).toBeVisible();
  await expect(admin.getByRole('button', { name: 'Save changes' })).toHaveCount(0);
  await admin.goto(`${organization.path}/-/activity`);
  await expect(headingOf(admin)).toHaveText('You don’t have permission');

  await page.getByRole('button', { name: 'Leave' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('Make someone else an owner first.');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Remove Alan' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('row', { name: /Alan/ })).toHaveCount(0);
  expect((await admin.reload())?.status()).toBe(404);
  await admin.context().close();

  await page.getByRole('link', { name: 'Activity' }).click();
  // And nothing of the first organization, which other stories change at the same time.
  await expect(page.getByRole('list', { name: 'Activity' }).getByRole('listitem')).toContainText([
    'Alan is no longer an operator',
    'Alan is now a viewer',
    'Alan became an admin',
    'Someone was invited as an admin',
    'became an owner',
    `Organization “${organization.name}” was created`,
  ]);
  await expect(page.getByRole('list', { name: 'Activity' }).getByRole('listitem')).toHaveCount(6);
});
