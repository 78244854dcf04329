import type { Browser, Locator } from '@playwright/test';
import {
  codeIn,
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  headingOf,
  mailsTo,
  type Person,
  test,
} from './fixtures';

const ALERT = 'New sign-in to your account at Signet';

/** Signs in by mailed code in a browser of its own. */
async function signInElsewhere(browser: Browser, { email }: Person) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const before = (await mailsTo(email)).length;
  await page.goto('/login');
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();
  const codes = async () => (await mailsTo(email)).slice(before).filter((mail) => codeIn(mail) !== '');
  await expect.poll(async () => (await codes()).length).toBe(1);
  const [mail] = await codes();
  await page.getByRole('textbox', { name: 'Code' }).fill(mail ? codeIn(mail) : '');
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(headingOf(page)).toHaveText('Account & Security');
  return page;
}

const isFocused = (control: Locator) => control.evaluate((element) => element === document.activeElement);

const alertsTo = async ({ email }: Person) => (await mailsTo(email)).filter(({ subject }) => subject === ALERT);

test('a sign-in in a new browser is announced; its link ends it after a click, and leads to the passkeys', async ({
  browser,
  page,
  person,
}) => {
  const own = await signInElsewhere(browser, person);
  const stranger = await signInElsewhere(browser, person);
  await expect.poll(async () => (await alertsTo(person)).length).toBe(1);
  const [alert] = await alertsTo(person);
  expect(alert?.text).toContain('Device: Chrome on Linux');
  const link = /^\S+\/login\/alert\?\S+$/m.exec(alert?.text ?? '')?.[0] ?? '';

  // A mail scanner opens the link: nothing ends.
  await page.request.get(link);
  await page.goto(link);
  await expect(headingOf(page)).toHaveText('End this sign-in?');
  await expectAccessible(page);
  await stranger.reload();
  await expect(headingOf(stranger)).toHaveText('Account & Security');

  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  const end = page.getByRole('button', { name: 'End this sign-in' });
  for (let tabs = 0; tabs < 10 && !(await isFocused(end)); tabs++) await page.keyboard.press('Tab');
  await expect(end).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(headingOf(page)).toHaveText('Sign in');
  await expect(page.getByRole('main')).toContainText('That sign-in was ended.');
  await expect(page).toHaveURL(/return_to=%2Fprofile%23passkeys/);
  await stranger.goto('/profile');
  await expect(headingOf(stranger)).toHaveText('Sign in');
  await own.reload();
  await expect(headingOf(own)).toHaveText('Account & Security');

  await page.goto(link);
  await expect(headingOf(page)).toHaveText('This link no longer works');
});

test('a browser used before causes no mail', async ({ browser, person }) => {
  const own = await signInElsewhere(browser, person);
  await own.getByRole('button', { name: /Account menu/ }).click();
  await own.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(headingOf(own)).toHaveText('Sign in');
  const before = (await mailsTo(person.email)).length;
  await own.getByRole('textbox', { name: 'Email' }).fill(person.email);
  await own.getByRole('button', { name: 'Continue' }).click();
  await expect.poll(async () => (await mailsTo(person.email)).length).toBe(before + 1);
  const code = codeIn((await mailsTo(person.email))[before] ?? { text: '' });
  await own.getByRole('textbox', { name: 'Code' }).fill(code);
  await own.getByRole('button', { name: 'Verify' }).click();
  await expect(headingOf(own)).toHaveText('Account & Security');
  expect(await alertsTo(person)).toEqual([]);
});
