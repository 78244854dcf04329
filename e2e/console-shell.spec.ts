import { CONSOLE, expect, test } from './operator';

test('who is no operator finds no console', async ({ page, person, signIn }) => {
  await signIn(page, person);
  for (const path of ['/console', CONSOLE, `${CONSOLE}/users`]) expect((await page.goto(path))?.status()).toBe(404);
});

test('an operator finds the console', async ({ operator }) => {
  const { page } = await operator('viewer');
  await page.goto('/console');
  await expect(page).toHaveURL(CONSOLE);
});
