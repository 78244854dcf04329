import type { Browser, Page } from '@playwright/test';
import {
  addAuthenticator,
  ageSessions,
  changeRows,
  expect,
  expectAccessible,
  headingOf,
  mailTo,
  type Person,
  test,
  watchFaults,
  withoutAutofill,
} from './fixtures';

/** A second device: its own browser with a platform authenticator. */
async function secondDevice(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults = watchFaults(page);
  await withoutAutofill(page);
  const authenticator = await addAuthenticator(page, { isSynced: true });
  return { context, page, authenticator, faults };
}

/** Shows the code on the first device; returns it. */
async function showCode(page: Page): Promise<string> {
  await page.goto('/profile');
  await page.getByRole('link', { name: 'Use another device' }).click();
  await page.getByRole('button', { name: 'Show the code' }).click();
  await expect(headingOf(page)).toHaveText('Scan this code with the other device');
  return page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).innerText();
}

/** Types the code on the second device, and asks. */
async function ask(other: Page, code: string): Promise<string> {
  await other.goto('/add');
  await other.getByRole('textbox', { name: 'Code' }).fill(code.toLowerCase());
  await other.getByRole('button', { name: 'Continue' }).click();
  await other.getByRole('button', { name: 'Ask the other device' }).click();
  await expect(headingOf(other)).toHaveText('Confirm on the other device');
  return other.getByText(/^\d\d$/).innerText();
}

test.describe('another device', () => {
  test.beforeEach(async ({ page, person, enter }) => {
    await withoutAutofill(page);
    await enter(page, person);
  });

  test('adds a passkey once confirmed; both pages follow, and it signs in', async ({ page, person, browser }) => {
    const code = await showCode(page);
    await expect(page.getByRole('img', { name: /QR code that opens/ })).toBeVisible();
    const { page: other, authenticator, faults, context } = await secondDevice(browser);
    await other.goto('/add');
    await other.getByRole('textbox', { name: 'Code' }).fill(code.replace('-', ' ').toLowerCase());
    await other.keyboard.press('Enter');
    await expect(headingOf(other)).toContainText('•••@example.com?');
    await expect(other.getByText(person.email)).toHaveCount(0);
    await other.getByRole('button', { name: 'Ask the other device' }).click();
    await expect(other).toHaveURL(/\/add$/);
    const number = await other.getByText(/^\d\d$/).innerText();

    await expect(headingOf(page)).toHaveText('Is this your device?');
    await expect(headingOf(page)).toBeFocused();
    await expect(page.getByText(`Number ${number}`)).toBeVisible();
    await expect(page.getByText(/Chrome on Linux|Chromium on Linux/)).toBeVisible();
    await page.getByRole('button', { name: 'The number matches' }).click();

    await expect(headingOf(other)).toHaveText('Create a passkey on this device');
    await expect(headingOf(other)).toBeFocused();
    await other.getByRole('button', { name: 'Create a passkey' }).click();
    await expect(headingOf(other)).toHaveText('Passkey added');
    expect(await authenticator.credentials()).toBe(1);
    expect((await context.cookies()).filter(({ name }) => name.includes('session'))).toEqual([]);

    await expect(headingOf(page)).toHaveText('Passkey added');
    expect((await mailTo(person.email)).text).toContain('created on another device');
    await page.getByRole('link', { name: 'Back to Account & Security' }).click();
    await expect(page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem')).toHaveCount(1);

    await other.getByRole('link', { name: 'Sign in' }).click();
    await other.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await expect(headingOf(other)).toHaveText('Account & Security');
    expect(faults).toEqual([]);
    await context.close();
  });

  test('is refused by the person, and told so', async ({ page, browser }) => {
    const { page: other, context } = await secondDevice(browser);
    await ask(other, await showCode(page));
    await page.getByRole('button', { name: 'This is not my device' }).click();
    await expect(headingOf(page)).toHaveText('The device was refused');
    await expect(headingOf(other)).toHaveText('The other device refused');
    await other.goBack();
    await expect(other.getByRole('button', { name: 'Create a passkey' })).toHaveCount(0);
    await context.close();
  });

  test('cancels on either side; a code works for one browser', async ({ page, browser }) => {
    const code = await showCode(page);
    const { page: other, context } = await secondDevice(browser);
    const { page: third, context: thirdContext } = await secondDevice(browser);
    await ask(other, code);
    await third.goto('/add');
    await third.getByRole('textbox', { name: 'Code' }).fill(code);
    await third.keyboard.press('Enter');
    await expect(third.getByText('No device shows this code.')).toBeVisible();
    await expect(third.getByRole('textbox', { name: 'Code' })).toBeFocused();
    await other.getByRole('button', { name: 'Cancel' }).click();
    await expect(headingOf(other)).toHaveText('Cancelled');
    await expect(headingOf(page)).toHaveText('Cancelled');
    await page.getByRole('button', { name: 'Show a new code' }).click();
    await expect(headingOf(page)).toHaveText('Scan this code with the other device');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(headingOf(page)).toHaveText('Cancelled');
    await context.close();
    await thirdContext.close();
  });

  test('survives a cut connection and a cancelled ceremony, and ends with the session', async ({
    page,
    person,
    browser,
    services,
  }) => {
    const { page: other, context, authenticator } = await secondDevice(browser);
    await ask(other, await showCode(page));
    await context.setOffline(true);
    await expect(other.getByText('No connection.')).toBeVisible();
    await page.getByRole('button', { name: 'The number matches' }).click();
    await expect(headingOf(page)).toHaveText('Create the passkey on the other device');
    await context.setOffline(false);
    await expect(headingOf(other)).toHaveText('Create a passkey on this device');
    await authenticator.setVerified(false);
    await other.getByRole('button', { name: 'Create a passkey' }).click();
    await expect(other.getByText('No passkey was added.')).toBeVisible();
    await authenticator.setVerified(true);
    await services.endSessions(person.id);
    await expect(headingOf(other)).toHaveText('The other device is no longer signed in');
    await context.close();
  });

  test('works by keyboard alone, after "Confirm it\'s you"', async ({ page, person }) => {
    await ageSessions(person);
    await page.goto('/profile/device');
    await page.getByRole('button', { name: 'Show the code' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: "Confirm it's you" });
    await expect(dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('status').filter({ hasText: 'Cancelled. Nothing was changed.' })).toBeVisible();
    await expect(page.getByRole('main').getByRole('alert').filter({ hasText: /./ })).toHaveCount(0);
    await page.getByRole('button', { name: 'Show the code' }).press('Enter');
    await dialog.getByRole('button', { name: /code/i }).press('Enter');
    await dialog.getByRole('textbox').fill((await mailTo(person.email)).text.match(/^\s*(\d{6})\s*$/m)?.[1] ?? '');
    await page.keyboard.press('Enter');
    await expect(headingOf(page)).toHaveText('Scan this code with the other device');
    await expect(headingOf(page)).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(headingOf(page)).toHaveText('Cancelled');
    await expect(headingOf(page)).toBeFocused();
  });

  test('works without JavaScript on the first device, with a button to reload', async ({
    person,
    browser,
    services,
  }) => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    await plain.addCookies([await services.openSession(person.id)]);
    const page = await plain.newPage();
    await page.goto('/profile/device');
    await page.getByRole('button', { name: 'Show the code' }).click();
    const code = await page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).innerText();
    const { page: other, context } = await secondDevice(browser);
    await ask(other, code);
    await page.getByRole('link', { name: 'Reload' }).click();
    await page.getByRole('button', { name: 'The number matches' }).click();
    await expect(headingOf(page)).toHaveText('Create the passkey on the other device');
    await other.getByRole('button', { name: 'Create a passkey' }).click();
    await expect(headingOf(other)).toHaveText('Passkey added');
    await page.getByRole('link', { name: 'Reload' }).click();
    await expect(headingOf(page)).toHaveText('Passkey added');
    await context.close();
    await plain.close();
  });
});

for (const [locale, theme] of [
  ['en', 'light'],
  ['de', 'dark'],
] as const) {
  test(`the pages of devices and codes are accessible and fit 320 px: ${locale}, ${theme}`, async ({
    page,
    person,
    enter,
    browser,
    baseURL: url = '',
  }) => {
    const cookies = [
      { name: 'signet_locale', value: locale, url },
      { name: 'signet_theme', value: theme, url },
    ];
    const viewport = { width: 320, height: 640 };
    const check = async (at: Page) => {
      await expectAccessible(at);
      expect(await at.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    };
    await page.context().addCookies(cookies);
    await page.setViewportSize(viewport);
    await enter(page, person);
    await page.goto('/profile/device');
    await check(page);
    await page.locator('main form button').click();
    const code = await page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).innerText();
    await check(page);
    const { page: other, context } = await secondDevice(browser, { viewport });
    await context.addCookies(cookies);
    await other.goto('/add');
    await check(other);
    await other.getByRole('textbox').fill(code);
    await other.keyboard.press('Enter');
    await expect(headingOf(other)).toContainText('•••');
    await check(other);
    await other.locator('main form button').click();
    await expect(other.getByText(/^\d\d$/)).toBeVisible();
    await check(other);
    await expect(page.locator('button[value=confirm]')).toBeVisible();
    await check(page);
    await page.locator('button[value=confirm]').click();
    await expect(other.locator('main button').first()).toBeEnabled();
    await check(other);
    await page.goto('/profile/recovery-codes');
    await check(page);
    await page.locator('main form button').click();
    await expect(page.getByRole('list').filter({ hasText: '-' }).last()).toBeVisible();
    await check(page);
    await context.close();
  });
}

/** The codes that the page shows. */
const shownCodes = (page: Page) =>
  page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allInnerTexts();

async function enterWithCode(page: Page, { email }: Person, code: string): Promise<void> {
  await page.goto('/login');
  await page.getByRole('link', { name: 'Use a recovery code' }).click();
  await expect(headingOf(page)).toHaveText('Sign in with a recovery code');
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(code);
  await page.getByRole('button', { name: 'Verify' }).click();
}

test.describe('recovery codes', () => {
  test('are created, shown once, downloaded, and sign in once each, which leads to a passkey', async ({
    page,
    person,
    enter,
    browser,
  }) => {
    await enter(page, person);
    await page.goto('/profile');
    await page.getByRole('link', { name: 'Set up recovery codes' }).click();
    await page.getByRole('button', { name: 'Create recovery codes' }).click();
    await expect(page.getByRole('heading', { name: 'Your new recovery codes' })).toBeFocused();
    const codes = await shownCodes(page);
    expect(codes).toHaveLength(10);
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download as text' }).click();
    const file = await downloading;
    expect(file.suggestedFilename()).toBe('recovery-codes.txt');
    const stream = await file.createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    for (const code of codes) expect(text).toContain(code);
    expect(text).not.toContain(person.email);
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('list', { name: 'Recovery codes' })).toBeVisible();
    await expect(page.getByText('To sign in, open')).toBeVisible();
    await expect(page.getByRole('button', { name: 'I have saved them' })).toBeHidden();
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('button', { name: 'I have saved them' }).click();
    await expect(page.getByText('10 codes are left of 10')).toBeVisible();
    await page.reload();
    await expect(page.getByText(codes[0] ?? '')).toHaveCount(0);
    expect((await mailTo(person.email)).subject).toContain('New recovery codes');

    const { page: other, context, authenticator } = await secondDevice(browser);
    await enterWithCode(other, person, codes[0]?.toLowerCase() ?? '');
    await expect(other.getByRole('heading', { name: 'Add a passkey to this device' })).toBeVisible();
    await other.getByRole('button', { name: 'Create a passkey' }).click();
    await expect(other.getByRole('list', { name: 'Passkeys' }).getByRole('listitem')).toHaveCount(1);
    expect(await authenticator.credentials()).toBe(1);
    expect((await mailTo(person.email, 2)).text).toMatch(/9\s+codes remain/);
    await context.clearCookies();
    await enterWithCode(other, person, codes[0] ?? '');
    await expect(other.getByText('This code does not work.')).toBeVisible();
    await context.close();
  });

  test('warn when three are left; new ones replace them, and they can be deleted', async ({ page, person, enter }) => {
    await enter(page, person);
    await page.goto('/profile/recovery-codes');
    await page.getByRole('button', { name: 'Create recovery codes' }).click();
    await page.getByRole('button', { name: 'I have saved them' }).click();
    await changeRows(
      `UPDATE "RecoveryCode" SET "usedAt" = $1 WHERE id IN
         (SELECT id FROM "RecoveryCode" WHERE "identityId" = $2 ORDER BY id LIMIT 7)`,
      new Date(),
      person.id,
    );
    await page.goto('/profile');
    await expect(page.getByText('Only 3 codes are left. Create new ones soon.')).toBeVisible();
    await page.getByRole('link', { name: 'Manage recovery codes' }).click();
    await page.getByRole('button', { name: 'Create new codes' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Create new recovery codes?' });
    await expect(dialog).toContainText('Your 3 remaining codes stop working.');
    await dialog.getByRole('button', { name: 'Create new codes' }).click();
    await expect(page.getByRole('heading', { name: 'Your new recovery codes' })).toBeFocused();
    expect(await shownCodes(page)).toHaveLength(10);
    await page.getByRole('button', { name: 'I have saved them' }).click();
    await page.getByRole('button', { name: 'Delete codes' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByText('You have no recovery codes.')).toBeVisible();
  });
});
