import { expectAccessible } from './fixtures';
import { CONSOLE, expect, test } from './operator';

test('look', async ({ page: theirs, person, enter, operator, adminApi }) => {
  await enter(theirs, person);
  await adminApi.call('POST', '/admin/recovery/code', { identity_id: person.id });
  const { page } = await operator('admin');
  for (const [name, width, scheme] of [['wide', 1440, 'light'], ['phone', 320, 'dark']] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto(`${CONSOLE}/users/${person.id}`);
    for (const action of ['Deactivate', 'Delete']) {
      if (width < 600) await page.getByRole('button', { name: 'Actions' }).first().click().catch(() => {});
      await page.getByRole('button', { name: action, exact: true }).click();
      const dialog = page.getByRole('alertdialog');
      await expect(dialog.getByRole('list')).toBeVisible();
      await page.screenshot({ path: `/tmp/w/dryrun-try/${action}-${name}.png` });
      await expectAccessible(page, 'dialog');
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
      if (width < 600) await page.keyboard.press('Escape');
    }
  }
});
