import { expect, test } from './operator';

/** Work on many users: the preview of a change, its job, and the undo of the whole job. */
test('a field of many users is changed after a preview, and the whole job is undone', async ({
  operator,
  services,
}) => {
  const { page, id } = await operator('admin');
  const { organization, project } = await services.makeHostile(id, false);
  const base = `/console/${organization}/${project}`;
  await page.goto(`${base}/users`);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  const bar = page.getByRole('region', { name: 'Selected users' });
  await bar.getByRole('button', { name: 'Change a field' }).click();
  const form = page.getByRole('dialog', { name: 'Change a field' });
  await form.getByLabel('Field').selectOption({ label: 'Admin metadata …' });
  await form.getByRole('button', { name: 'Preview' }).click();
  await expect(form.getByLabel('Metadata key')).toHaveAccessibleDescription('Enter the name or path of a field.');
  await form.getByLabel('Metadata key').fill('plan');
  await form.getByLabel('Value', { exact: true }).fill('pro');
  await form.getByRole('button', { name: 'Preview' }).click();

  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByRole('heading')).toHaveText('Set “/metadata_admin/plan” for 2 users?');
  await expect(dialog).toContainText('One operator with a higher role than yours is left out.');
  await expect(dialog.getByRole('region', { name: 'What changes for the first 2:' })).toContainText(
    '/metadata_admin: not set → {"plan":"pro"}',
  );
  await dialog.getByRole('button', { name: 'Set a field' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set a field: /metadata_admin/plan');
  await expect(page.getByRole('status').filter({ hasText: '2 users were changed.' })).toBeVisible();

  await page.getByRole('link', { name: 'Show in the audit log' }).click();
  const events = page.getByRole('table', { name: 'Audit log' }).getByRole('row');
  await expect(events).toHaveCount(3);
  await expect(events.nth(1)).toContainText('by job “Set a field: /metadata_admin/plan”');

  await page.goto(`${base}/users/jobs`);
  const jobs = page.getByRole('table', { name: 'Jobs' });
  const row = jobs.getByRole('row').filter({ hasText: 'Set a field: /metadata_admin/plan' });
  await expect(row).toContainText('2 changed · 1 left out');
  await row.getByRole('button', { name: 'Undo “Set a field: /metadata_admin/plan”' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('2 changes are undone, one after the other.');
  await question.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Undo: Set a field: /metadata_admin/plan');
  await expect(page.getByRole('status').filter({ hasText: '2 users were changed.' })).toBeVisible();
  await page.getByRole('link', { name: 'Set a field: /metadata_admin/plan' }).click();
  await expect(page.getByRole('region', { name: 'Result' })).toContainText('Undone by');
  await expect(page.getByRole('button', { name: /^Undo “/ })).toHaveCount(0);
});

test('a viewer sees jobs, and can do nothing with them', async ({ operator, services }) => {
  const { page, id } = await operator('viewer');
  const { organization, project } = await services.makePopulated(id, 1);
  await page.goto(`/console/${organization}/${project}/users/jobs`);
  await expect(page.getByText('No jobs in the last 30 days.')).toBeVisible();
});
