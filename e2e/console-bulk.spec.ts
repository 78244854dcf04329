import type { Page } from '@playwright/test';
import { ageSessions, mailsTo } from './fixtures';
import { expect, test } from './operator';

/** Actions on many users, and what the overview says of their passkeys. */
const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

test('selected users are deactivated, after exact numbers, and the result says who was left out', async ({
  operator,
  services,
}) => {
  const { page, id } = await operator('admin');
  const { organization, project } = await services.makeHostile(id, false);
  await page.goto(`/console/${organization}/${project}/users`);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  const bar = page.getByRole('region', { name: 'Selected users' });
  await expect(bar.getByRole('status')).toHaveText('3 users selected');
  await bar.getByRole('button', { name: 'Deactivate' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByRole('heading')).toHaveText('Deactivate 2 users?');
  await expect(dialog).toContainText('Deactivates 2 users and ends one session.');
  await expect(dialog).toContainText('One operator with a higher role than yours is left out.');
  await dialog.getByRole('button', { name: 'Deactivate' }).click();
  await expect(page.getByRole('status').filter({ hasText: '2 users were changed.' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Result' })).toContainText('Sessions ended');
  const leftOut = page.getByRole('table', { name: 'Left out' });
  await expect(leftOut.getByRole('row').filter({ hasText: 'Ada Lovelace' })).toContainText(
    'Operator this job cannot change',
  );
  await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: 'Users' }).click();
  await expect(rowOf(page, 'Xavier Müller')).toContainText('Inactive');
  await expect(rowOf(page, 'Ada Lovelace')).toContainText('Active');
});

test('all that match are deleted, with the keyboard alone, after their number is typed and a passkey confirms', async ({
  operator,
  services,
}) => {
  const owner = await operator('owner');
  const { page, id } = owner;
  const { organization, project } = await services.makeMany(id, 30);
  await page.goto(`/console/${organization}/${project}/users`);
  const all = page.getByRole('checkbox', { name: 'Select all on this page' });
  await expect(all).toBeEnabled(); // from hydration on
  await all.press('Space');
  const bar = page.getByRole('region', { name: 'Selected users' });
  await expect(bar.getByRole('status')).toHaveText('25 users selected');
  await bar.getByRole('button', { name: 'Select all 30' }).press('Enter');
  await expect(bar.getByRole('status')).toHaveText('30 users selected');
  await ageSessions(owner);
  await bar.getByRole('button', { name: 'Delete' }).press('Enter');
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByRole('heading')).toHaveText('Delete 30 users?');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Delete' }).press('Enter');
  await expect(dialog).toContainText('Type 30 exactly.');
  await dialog.getByRole('textbox').fill('30');
  await dialog.getByRole('button', { name: 'Delete' }).press('Enter');
  await page
    .getByRole('dialog', { name: "Confirm it's you" })
    .getByRole('button', { name: 'Confirm with a passkey' })
    .press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Delete');
  await expect(page.getByRole('status').filter({ hasText: '30 users were changed.' })).toBeVisible();
  await page.goto(`/console/${organization}/${project}/users`);
  await expect(page.getByText('No users yet.')).toBeVisible();
});

test('the overview says who depends on one device, and invites them', async ({ operator, services }) => {
  const { page, id } = await operator('admin');
  const { organization, project, emails } = await services.makeDependent(id);
  await page.goto(`/console/${organization}/${project}`);
  const panel = page.getByRole('region', { name: 'Passkeys' });
  await expect(panel).toContainText(
    'One person has one passkey, on one device only. Without that device, only an email code signs them in.',
  );
  await panel.getByRole('button', { name: 'Invite to add a passkey: users with one device' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByRole('heading')).toHaveText('Invite one user to add a passkey?');
  await dialog.getByRole('button', { name: 'Invite to add a passkey' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'One user was changed.' })).toBeVisible();
  await expect
    .poll(async () => (await mailsTo(emails.oneDevice)).filter(({ subject }) => subject.includes('Add a passkey')))
    .toHaveLength(1);
  await page.goto(`/console/${organization}/${project}`);
  await page.getByRole('button', { name: 'Invite to add a passkey: users with one device' }).click();
  await expect(dialog).toContainText('One was invited in the last 30 days.');
  await expect(dialog.getByRole('button', { name: 'Invite to add a passkey' })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await panel.getByRole('link', { name: 'Show users with one device' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'One user' })).toBeVisible();
});

test('a viewer selects nothing', async ({ operator, services }) => {
  const { page, id } = await operator('viewer');
  const { organization, project } = await services.makePopulated(id, 2);
  await page.goto(`/console/${organization}/${project}/users`);
  await expect(page.getByRole('row')).toHaveCount(3);
  await expect(page.getByRole('checkbox')).toHaveCount(0);
});
