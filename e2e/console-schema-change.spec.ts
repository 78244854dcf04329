import { expectAccessible, expectNoSidewaysScroll } from './fixtures';
import { expect, test } from './operator';
import { draftOf, pasteDraft } from './schema-draft';

/** A change of a schema: its impact on users, repairs, publication, and roll back. */
test('a draft is held against all users, repaired, published and rolled back', async ({ operator, services }) => {
  const { page, id } = await operator('admin');
  const { organization, project } = await services.makeHostile(id, false);
  await page.goto(`/console/${organization}/${project}/schemas/default`);
  await page.getByRole('link', { name: 'Change', exact: true }).click();
  const before = await draftOf(page);

  await pasteDraft(page, before.replace('"maxLength": 254', '"maxLength": '));
  await page.getByRole('button', { name: 'Check impact' }).click();
  await expect(page.getByRole('region', { name: 'The schema cannot be checked' })).toContainText('Line 14');

  const first = before.indexOf('"First name"');
  await pasteDraft(page, before.slice(0, first) + before.slice(first).replace('"maxLength": 200', '"maxLength": 5'));
  await page.getByRole('button', { name: 'Check impact' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Impact on default');
  const reasons = page.getByRole('region', { name: 'Why users would not be valid' });
  await expect(reasons.getByRole('row').filter({ hasText: 'Xavier Müller' })).toContainText('"Xavier"');
  await expectAccessible(page, 'the impact');

  await reasons.getByRole('combobox').selectOption({ label: 'Remove the refused values' });
  await reasons.getByRole('button', { name: 'Check again' }).click();
  const preview = page.getByRole('region', { name: 'Before and after' });
  await expect(preview.getByRole('row').filter({ hasText: 'Müller' })).toContainText('Xavier');
  await expect(page.getByRole('region', { name: 'Chosen repairs' })).toContainText('changes one user');
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page);

  await page.getByRole('button', { name: 'Publish' }).click();
  const question = page.getByRole('alertdialog', { name: 'Publish version 2 of default?' });
  await expect(question).toContainText('2 users move to it, one stays on an earlier version.');
  await question.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Publication of default');
  await expect(page.getByText('2 users were moved to version 2.')).toBeVisible();
  await expectAccessible(page, 'the publication');

  await page.getByRole('button', { name: 'Roll back' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Roll back' }).click();
  await expect(page.getByText('2 users were moved back.')).toBeVisible();
  await page.goto(`/console/${organization}/${project}/users?q=Xavier`);
  await expect(page.getByRole('row', { name: /Xavier Müller/ })).toBeVisible();
});

test('one user moves to the newest version after a preview, and back by Undo', async ({ operator, services }) => {
  const { page, id } = await operator('admin');
  const { ids, ...place } = await services.makeHostile(id, false);
  await services.retitleSchema(place, 'Second');
  const user = `/console/${place.organization}/${place.project}/users/${ids[1]}`;
  await page.goto(user);
  await page.getByRole('link', { name: 'Change schema' }).click();
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('heading', { name: 'What would change' })).toBeFocused();
  await expect(page.getByRole('region', { name: 'What would change' })).toContainText('Schema version');
  await expectAccessible(page, 'the preview');
  await page.getByRole('button', { name: 'Change schema' }).click();
  await expect(page).toHaveURL(user);
  await expect(page.getByRole('link', { name: 'default, version 2' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('link', { name: 'default, version 1' })).toBeVisible();
});
