import { expectAccessible, expectNoSidewaysScroll } from './fixtures';
import { CONSOLE, expect, test } from './operator';

test('an operator undoes a change from its notification, and the undo from the history', async ({
  person,
  operator,
}) => {
  const { page } = await operator();
  await page.goto(`${CONSOLE}/users/${person.id}/traits`);
  const first = page.getByRole('textbox', { name: 'First name' });
  await first.fill('Eve');
  await page.getByRole('button', { name: 'Save changes' }).click();
  const toasts = page.getByRole('region', { name: 'Notifications' });
  await expect(toasts).toContainText('Changes saved.');
  await toasts.getByRole('button', { name: 'Undo' }).click();
  await expect(first).toHaveValue(person.first);
  await expect(toasts).toContainText('The change was undone.');

  await page.goto(`${CONSOLE}/users/${person.id}/history`);
  const row = page.getByRole('listitem').filter({ hasText: '(by undo)' });
  await row.getByRole('button', { name: /^Undo: / }).click();
  const dialog = page.getByRole('dialog', { name: 'Undo this change?' });
  await expect(dialog.getByRole('definition')).toContainText('Eve');
  await expectAccessible(page, 'the preview');
  await dialog.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('listitem').filter({ hasText: '(by undo)' })).toHaveCount(2);
});

test('a change that was changed again shows its three values', async ({ person, operator, adminApi }) => {
  for (const name of ['Eve', 'Grace']) {
    const body = [{ op: 'replace', path: '/traits/name/first', value: name }];
    await adminApi.call('PATCH', `/admin/identities/${person.id}`, body);
  }
  const { page } = await operator();
  await page.setViewportSize({ width: 320, height: 700 });
  await page.goto(`${CONSOLE}/users/${person.id}/history`);
  await page
    .getByRole('button', { name: /^Undo: / })
    .nth(1)
    .click();
  const dialog = page.getByRole('dialog', { name: 'This change cannot be undone' });
  await expect(dialog).toContainText('First name');
  for (const value of [person.first, 'Eve', 'Grace']) await expect(dialog).toContainText(value);
  await expectAccessible(page, 'the conflict');
  await expectNoSidewaysScroll(page);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toBeHidden();
});
