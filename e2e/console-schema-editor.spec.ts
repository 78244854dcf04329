import { expectAccessible, expectNoSidewaysScroll, headingOf } from './fixtures';
import { expect, test } from './operator';
import { press } from './press';
import { draftOf, editorOf, pasteDraft } from './schema-draft';

/** The editor of schemas: form and JSON follow each other, and nothing that was typed is lost. */
test('a field is added by keyboard, and form, JSON, preview and changes agree', async ({ operator, services }) => {
  const { page, id } = await operator('admin');
  const { organization, project } = await services.makeHostile(id, false);
  await page.goto(`/console/${organization}/${project}/schemas/default/change`);
  await editorOf(page);
  const before = await draftOf(page);
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  const fields = page.getByRole('region', { name: 'Fields' });
  await press(page, button('Add field'), 'Enter', fields.getByRole('textbox', { name: 'Title' }));
  await page.keyboard.type('Cost centre');
  await page.keyboard.press('Enter');
  const row = fields.getByRole('button', { name: /^Cost centre/ });
  await expect(row).toBeFocused();
  expect(JSON.parse(await draftOf(page)).properties.traits.properties['cost-centre']).toEqual({
    ...{ type: 'string', title: 'Cost centre', maxLength: 200 },
  });
  await fields.getByRole('combobox', { name: 'User access' }).selectOption({ label: 'View and edit' });
  await press(page, button('Move Cost centre up'), 'Enter', button('Move Cost centre up'));
  await expect(page.getByText('Cost centre is now 2 of 3.')).toBeAttached();

  await button('Preview').click();
  await expect(page.getByRole('region', { name: 'Preview' }).getByRole('textbox').first()).toHaveAccessibleName(
    'Cost centre',
  );
  await button('Changes').click();
  await expect(page.getByRole('region', { name: 'Changes' })).toContainText('+ "cost-centre": {');
  await expectAccessible(page, 'the changes');

  const after = await draftOf(page);
  await button('JSON').click();
  await pasteDraft(page, after.replace('"Cost centre"', '"Cost centre",,'));
  await expect(fields).toContainText('The form shows the last valid JSON.');
  await expect(row).toBeVisible();
  await button('Undo').click();
  await expect.poll(() => draftOf(page)).toBe(after);
  await expect(fields).not.toContainText('The form shows the last valid JSON.');

  await page.setViewportSize({ width: 320, height: 800 });
  await button('Form').click();
  await expect(fields).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page, 'the form on a phone');
  await button('JSON').click();
  await expect(fields).toBeHidden();
  await expectNoSidewaysScroll(page);

  // Another operator publishes: nothing is decided for this one.
  await services.retitleSchema({ organization, project }, 'Published in between');
  await button('Check impact').click();
  const notice = page.getByText('Version 2 was published after you began.');
  await expect(notice).toBeVisible();
  expect(await draftOf(page)).toBe(after);
  await button('Check my draft against version 2').click();
  await expect(headingOf(page)).toHaveText('Impact on default');
  expect(before).not.toContain('cost-centre');
});

test('a schema is created from a template', async ({ operator, services }) => {
  const { page, id } = await operator('admin');
  const { organization, project } = await services.makeHostile(id, false);
  await page.goto(`/console/${organization}/${project}/schemas`);
  await page.getByRole('link', { name: 'New schema' }).click();
  await page.getByRole('link', { name: 'Device' }).click();
  const name = page.getByRole('textbox', { name: 'Schema ID' });
  await expect(name).toHaveValue('device');
  await editorOf(page);
  await expectAccessible(page, 'a new schema');
  await name.fill('default');
  await page.getByRole('button', { name: 'Create schema' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('A schema with this ID exists.');
  await name.fill('device');
  await page.getByRole('button', { name: 'Create schema' }).click();
  await expect(headingOf(page)).toHaveText('device');
  await expect(page.getByRole('row', { name: /Serial number/ })).toContainText('identifier');
});

test('a viewer sees the editor read-only, and without script an administrator edits the JSON', async ({
  operator,
  services,
  browser,
}) => {
  const viewer = await operator('viewer');
  await viewer.page.goto('/console/signet/signet/schemas/default');
  await viewer.page.getByRole('link', { name: 'View fields' }).click();
  await viewer.page.getByRole('button', { name: /^Email/ }).click();
  await expect(viewer.page.getByRole('textbox', { name: 'Title' })).toBeDisabled();
  await expect(viewer.page.getByRole('button', { name: 'Check impact' })).toHaveCount(0);

  const admin = await operator('admin');
  const place = await services.makeHostile(admin.id, false);
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await admin.page.context().storageState(),
  });
  const page = await context.newPage();
  await page.goto(`/console/${place.organization}/${place.project}/schemas/default/change`);
  const area = page.getByRole('textbox', { name: 'JSON', exact: true });
  await area.fill((await area.inputValue()).replace('"maxLength": 254', '"maxLength": '));
  await page.getByRole('button', { name: 'Check impact' }).click();
  await expect(page.getByRole('region', { name: 'The schema cannot be checked' })).toContainText('Line 14');
  await area.fill((await area.inputValue()).replace('"maxLength": ', '"maxLength": 100'));
  await page.getByRole('button', { name: 'Check impact' }).click();
  await expect(headingOf(page)).toHaveText('Impact on default');
  await context.close();
});
