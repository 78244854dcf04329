import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

/** Lets the page become interactive, then holds back every script it requests until `release`. */
async function holdScripts(page: Page) {
  await page.waitForLoadState('networkidle');
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/_next/static/**/*.js', async (route) => {
    await released;
    await route.continue();
  });
  return { release };
}

test('code of menus and dialogs loads on the first move, and the early click still counts', async ({
  page,
  person,
  enter,
  services,
}) => {
  await services.registerPasskey(person.id, 'Laptop');
  await services.registerPasskey(person.id, 'Phone');
  await enter(page, person);
  await page.goto('/profile');
  const { release } = await holdScripts(page);

  const held = page.waitForRequest(/\/_next\/static\/.*\.js/);
  await page.getByRole('button', { name: 'Delete Laptop' }).click();
  await held;
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  release();
  const dialog = page.getByRole('alertdialog', { name: 'Delete “Laptop”?' });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Delete Laptop' })).toBeFocused();
});

test('a menu opened before its code has loaded starts on its first item, and returns the focus', async ({
  page,
  person,
  enter,
}) => {
  await enter(page, person);
  await page.goto('/profile');
  const { release } = await holdScripts(page);
  const button = page.getByRole('button', { name: /^Account menu/ });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(button).toBeFocused();
  release();
  const items = page.getByRole('menu').locator('[role^=menuitem]');
  await expect(items.first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(items.last()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(items).toHaveCount(0);
  await expect(button).toBeFocused();

  // From then on it is the library's own button.
  await page.keyboard.press('ArrowDown');
  await expect(items.first()).toBeFocused();
  await page.keyboard.press('Escape');
  await button.click();
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
  await button.click();
  await expect(items).toHaveCount(0);
});

test('where the menu’s code cannot be loaded, the plain menu opens', async ({ page, person, enter }) => {
  await enter(page, person);
  await page.goto('/profile');
  await page.waitForLoadState('networkidle');
  await page.route('**/_next/static/**/*.js', (route) => route.abort());
  await page.getByRole('button', { name: /^Account menu/ }).click();
  await expect(page.getByRole('button', { name: 'Sign out', exact: true })).toBeVisible();
});
