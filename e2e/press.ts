import { expect, type Locator, type Page } from '@playwright/test';

/** Presses a key on `from`: the focus moves to `to`, and not to the body. */
export async function press(page: Page, from: Locator, key: string, to: Locator): Promise<void> {
  await page.waitForLoadState('networkidle'); // the page's scripts listen
  await from.focus();
  await page.keyboard.press(key);
  await expect(to).toBeFocused();
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
}
