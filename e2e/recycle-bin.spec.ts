import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectAccessible, mailsTo, type Person } from './fixtures';
import { CONSOLE, expect, test } from './operator';

/** Deleted users: restored at once, later with another address, or deleted permanently. */
const USERS = `${CONSOLE}/users`;
const BIN = `${USERS}/recycle-bin`;

async function openDeletion(page: Page, person: Person) {
  await page.goto(`${USERS}/${person.id}`);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('Moves this person to the recycle bin for 30 days');
  return dialog;
}

test('a deleted user comes back by Undo, and later with another address', async ({ operator, person, adminApi }) => {
  const { page } = await operator('admin');
  const dialog = await openDeletion(page, person);
  await expectAccessible(page, 'the deletion dialog');
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page).toHaveURL(USERS);
  const moved = page.getByRole('status').filter({ hasText: 'Ada Lovelace was moved to the recycle bin.' });
  await expect(moved).toBeAttached();
  expect((await adminApi.call('GET', `/admin/identities/${person.id}`)).status).toBe(404);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page).toHaveURL(`${USERS}/${person.id}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Ada Lovelace' })).toBeVisible();
  await expect.poll(async () => (await mailsTo(person.email)).at(-1)?.subject).toMatch(/restored/i);

  await (await openDeletion(page, person)).getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page).toHaveURL(USERS);
  await adminApi.call('POST', '/admin/identities', { traits: { email: person.email } });
  await page.getByRole('link', { name: 'Recycle bin' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Recycle bin' })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search deleted users' }).fill(person.email);
  const row = page.getByRole('row').filter({ hasText: person.email });
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(row).toContainText('Ada Lovelace');
  await expectAccessible(page, 'the recycle bin');
  await row.getByRole('button', { name: 'Restore Ada Lovelace' }).click();
  const obstacles = page.getByRole('dialog', { name: 'Restore Ada Lovelace?' });
  await expect(obstacles).toContainText(`“${person.email}” now belongs to another user.`);
  await expectAccessible(page, 'the obstacles');
  await obstacles.getByRole('button', { name: 'Restore' }).click();
  await expect(obstacles.getByRole('textbox')).toHaveAccessibleDescription('Enter another value.');
  const email = `back-${randomUUID()}@example.com`;
  await obstacles.getByRole('textbox', { name: 'New value' }).fill(email);
  await obstacles.getByRole('button', { name: 'Restore' }).click();
  await expect(page).toHaveURL(`${USERS}/${person.id}`);
  await expect(page.getByText(email).first()).toBeVisible();
});

test('a user in the recycle bin is deleted permanently after the address is typed', async ({
  operator,
  person,
  adminApi,
}) => {
  const { page } = await operator('admin');
  await adminApi.call('DELETE', `/admin/identities/${person.id}`);
  await page.goto(`${USERS}/${person.id}`);
  await expect(page).toHaveURL(`${BIN}?user=${person.id}`);
  await page.getByRole('button', { name: 'Delete Ada Lovelace permanently' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete Ada Lovelace permanently?' });
  await dialog.getByRole('button', { name: 'Delete permanently' }).click();
  await expect(dialog.getByText(`Type ${person.email} exactly.`)).toBeVisible();
  await dialog.getByRole('textbox').fill(person.email);
  await dialog.getByRole('button', { name: 'Delete permanently' }).click();
  await expect(page.getByText('No deleted users match your search.')).toBeVisible();
  await expect(page.getByRole('alertdialog')).toBeHidden();
  const history = await adminApi.call('GET', `/admin/identities/${person.id}/history`);
  expect(await history.text()).not.toContain(person.email);
});
