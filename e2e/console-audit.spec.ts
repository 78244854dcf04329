import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expectAccessible } from './fixtures';
import { CONSOLE, expect, test } from './operator';

test('an operator finds a change in the audit log, field by field, and exports the log', async ({
  operator,
  person,
  adminApi,
}) => {
  const { page } = await operator('viewer');
  const traits = { email: person.email, name: { first: '<img src=x onerror=alert(1)>', last: person.last } };
  await adminApi.call('PUT', `/admin/identities/${person.id}`, { traits });
  await page.goto(`${CONSOLE}/audit-log`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Audit log');

  await page.getByRole('textbox', { name: 'User' }).fill(person.email);
  await page.getByRole('textbox', { name: 'User' }).press('Enter');
  await expect(page).toHaveURL(/[?&]user=/);
  const rows = page.getByRole('table').getByRole('row');
  await expect(rows).toHaveCount(3); // the head, created, changed
  await page.getByRole('combobox', { name: 'Type', exact: true }).selectOption('identity.updated');
  await expect(rows).toHaveCount(2);
  await expectAccessible(page);

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export as JSON Lines' }).click();
  const lines = (await readFile(await (await download).path(), 'utf8')).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { type: 'identity.updated', identity_id: person.id, actor: { type: 'api_credential', id: adminApi.clientId } },
  ]);

  await page.getByRole('link', { name: 'First name was changed' }).click();
  const change = page.getByRole('table', { name: 'Changed fields' }).getByRole('row').nth(1);
  await expect(change).toContainText(person.first);
  await expect(change).toContainText('<img src=x onerror=alert(1)>');
  await expectAccessible(page);

  await page.goBack();
  await expect(rows).toHaveCount(2);
  await page.getByRole('link', { name: 'Clear filters' }).click();
  await expect(page).toHaveURL(new RegExp(`${CONSOLE}/audit-log$`));
  await page.goto(`${CONSOLE}/audit-log?user=nobody@example.com&before=nonsense`);
  await expect(page.getByText('so no events match')).toBeVisible();
});

test('a schema shows its generated form', async ({ operator }) => {
  const { page } = await operator('viewer');
  await page.goto(`${CONSOLE}/schemas`);
  await page.getByRole('link', { name: 'default' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('default');
  const preview = page.getByRole('region', { name: 'Preview' });
  for (const name of ['First name', 'Last name', 'Academic degree']) {
    await preview.getByRole('textbox', { name }).fill('Nothing is saved');
  }
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 800 }); // the table scrolls in a region of its own
  await expectAccessible(page);
  await expect(page).toHaveTitle('default · Signet');
  await page.goto(`${CONSOLE}/schemas/unknown`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');
});

test('each schema version shows who uses it, and whether it is an older one', async ({ operator, adminApi }) => {
  const { page } = await operator('viewer');
  const schemaId = `staff-${randomUUID().slice(0, 8)}`;
  const documentOf = (title: string) => ({
    type: 'object',
    properties: { traits: { type: 'object', properties: { desk: { type: 'string', title } } } },
  });
  const traits = { desk: '12' };
  await adminApi.call('POST', '/admin/schemas', { id: schemaId, schema: documentOf('Desk') });
  await adminApi.call('POST', '/admin/identities', { schema_id: schemaId, traits });
  await adminApi.call('PUT', `/admin/schemas/${schemaId}`, { schema: documentOf('Place of work') });

  await page.goto(`${CONSOLE}/schemas`);
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
  await expect(row(schemaId)).toContainText('2 versions');
  await expect(row(schemaId).getByRole('cell').nth(1)).toHaveText('0');
  await expect(row(`${schemaId}, version 1`).getByRole('cell').nth(1)).toHaveText('1');
  await expectAccessible(page);

  const preview = page.getByRole('region', { name: 'Preview' });
  await page.getByRole('link', { name: `${schemaId}, version 1` }).click();
  await expect(page.getByText('This is an older version.')).toBeVisible();
  await expect(preview.getByRole('textbox', { name: 'Desk' })).toBeVisible();
  await expect(page.getByText('"title": "Desk"')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('table', { name: 'Versions' }).getByRole('link', { name: 'Version 2' }).click();
  await expect(page.getByText('This is an older version.')).toHaveCount(0);
  await expect(preview.getByRole('textbox', { name: 'Place of work' })).toBeVisible();
  for (const version of ['3', '0', '01', 'x', '']) {
    expect((await page.goto(`${CONSOLE}/schemas/${schemaId}?version=${version}`))?.status()).toBe(404);
  }
});
