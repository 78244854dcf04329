import { readFile } from 'node:fs/promises';
import { expect, test } from './operator';

/** Users from a file, and back into one. */
const CSV = [
  'Kundennummer;E-Mail-Adresse;Vorname;Nachname;Notiz',
  'k-1;zoe@import.example;Zoë;"Müller; Łódź";=1+1',
  'k-2;ben@import.example;Ben;B;',
  'k-3;no address;C;C;',
].join('\r\n');

test('a CSV file is checked, imported and exported, and its errors come back', async ({ operator, services }) => {
  const { page, id } = await operator('admin');
  const { organization, project } = await services.makeHostile(id, false);
  const users = `/console/${organization}/${project}/users`;
  await page.goto(users);
  await page.getByRole('link', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Import users');
  await expect(page.getByRole('button', { name: 'Choose a file' })).toBeEnabled();
  const buffer = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(CSV, 'utf16le')]);
  await page.getByLabel('File').setInputFiles({ name: 'Kunden.csv', mimeType: 'text/csv', buffer });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kunden.csv');
  await expect(page.getByLabel('Encoding')).toHaveValue('utf-16le');
  await expect(page.getByLabel('Delimiter')).toHaveValue(';');
  await expect(page.getByLabel('Target of E-Mail-Adresse')).toHaveValue('/traits/email');
  await expect(page.getByLabel('Target of Kundennummer')).toHaveValue('/external_id');
  await page.getByLabel('Target of Notiz').selectOption('/metadata_admin/Notiz');
  const preview = page.getByRole('table', { name: 'Preview' });
  await expect(preview.getByRole('row').filter({ hasText: 'Zoë' })).toContainText('=1+1');

  await page.getByRole('button', { name: 'Check all rows' }).click();
  await expect(page.getByRole('heading', { name: 'What would happen' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Rows with errors' })).toContainText('/traits/email');
  await page.getByRole('button', { name: 'Import 2 users' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('Creates 2 and changes 0.');
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Imported: 2 users created' })).toBeVisible();

  const errors = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download these rows' }).click();
  const refused = await readFile(await (await errors).path(), 'utf8');
  expect(refused).toContain('k-3;no address;C;C;;');
  expect(refused).toContain('import_error');

  await page.goto(`${users}?q=import.example`);
  await page.getByText('Export', { exact: true }).click();
  const exported = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV for a spreadsheet' }).click();
  const csv = await readFile(await (await exported).path(), 'utf8');
  expect(csv.trimEnd().split('\r\n')).toHaveLength(3);
  expect(csv).toContain('zoe@import.example');
});
