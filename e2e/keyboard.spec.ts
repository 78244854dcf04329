import type { Locator, Page } from '@playwright/test';
import { ageSessions, codesTo, codeTo, expect, givePasskey, mailsTo, test, withoutAutofill } from './fixtures';
import { press } from './press';

/**
 * A person's pages by keyboard alone (WCAG 2.1.1, 2.4.3): after each act, the focus is where the next one is. `press`
 * also checks that it never rests on the body.
 */
const button = (page: Page | Locator, name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** The heading takes the focus; the next stop is the one that follows it on the page. */
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

test('signing in: each step begins in its field, and six digits submit themselves once', async ({ page, person }) => {
  await withoutAutofill(page);
  await page.goto('/login');
  const email = page.getByRole('textbox', { name: 'Email' });
  await expect(email).toBeFocused();
  await page.keyboard.type('nonsense');
  await press(page, email, 'Enter', email);
  await expect(email).toHaveAttribute('aria-invalid', 'true');
  await email.fill(person.email);
  const code = page.getByRole('textbox', { name: 'Code' });
  await press(page, email, 'Enter', code);
  const mailed = await codeTo(person.email);
  await page.keyboard.type(mailed === '000000' ? '000001' : '000000');
  await expect(code).toHaveAccessibleDescription(/You have 4 attempts left/);
  await expect(code).toBeFocused();
  await page.keyboard.type(mailed); // the wrong code is selected, so this replaces it
  await expect(code).toHaveValue(mailed);
  await expect(code).toHaveAccessibleDescription(/You have 4 attempts left/); // corrected: not sent by itself
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/profile');
  await expect(heading(page, 'Account & Security')).toBeFocused();
});

test('signing in: another code is requested after a pause, and its field has the focus', async ({ page, person }) => {
  await withoutAutofill(page);
  await page.clock.install();
  await page.goto('/login');
  await page.getByRole('textbox', { name: 'Email' }).fill(person.email);
  await page.keyboard.press('Enter');
  const code = page.getByRole('textbox', { name: 'Code' });
  await expect(code).toBeFocused();
  await codeTo(person.email);
  await expect(button(page, /^Resend in/)).toBeVisible();
  await page.clock.fastForward('00:31');
  await press(page, button(page, 'Resend'), 'Enter', code);
  await expect(page.getByText('A new email is on its way.')).toBeVisible();
  expect((await codesTo(person.email)).length).toBeGreaterThan(0);
});

test.describe('Account & Security', () => {
  test.beforeEach(async ({ page, person, enter, authenticator: _ }) => {
    await withoutAutofill(page);
    await enter(page, person);
    await page.goto('/profile');
  });

  test('the offer of a passkey: declined, or taken', async ({ page, person, enter }) => {
    await press(page, button(page, 'Not now'), 'Enter', heading(page, 'Account & Security'));
    await page.context().clearCookies();
    await enter(page, person);
    await page.goto('/profile');
    await press(page, button(page, 'Create a passkey'), 'Enter', heading(page, 'Account & Security'));
    await expect(page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem')).toHaveCount(1);
  });

  test('a passkey: added, named, renamed, kept, deleted', async ({ page }) => {
    await press(page, button(page, 'Add a passkey'), 'Enter', page.getByRole('textbox', { name: 'Name it?' }));
    await page.keyboard.type('Mine');
    await page.keyboard.press('Enter');
    await expect(button(page, 'Rename Mine')).toBeFocused();
    const name = page.getByRole('textbox', { name: 'Name of the passkey' });
    await press(page, button(page, 'Rename Mine'), 'Enter', name);
    await press(page, name, 'Escape', button(page, 'Rename Mine'));
    const dialog = page.getByRole('alertdialog');
    await press(page, button(page, 'Delete Mine'), 'Enter', button(dialog, 'Cancel'));
    await press(page, button(dialog, 'Cancel'), 'Escape', button(page, 'Delete Mine'));
    await press(page, button(page, 'Delete Mine'), 'Enter', button(dialog, 'Cancel'));
    await press(page, button(dialog, 'Delete'), 'Enter', heading(page, 'Passkeys'));
    await press(page, heading(page, 'Passkeys'), 'Tab', button(page, 'Add a passkey'));
  });

  test('a dismissed toast returns the focus', async ({ page }) => {
    const name = page.getByRole('textbox', { name: 'Name it?' });
    await press(page, button(page, 'Add a passkey'), 'Enter', name);
    await press(page, button(page, 'Dismiss'), 'Enter', name);
  });

  test('"Confirm it\'s you": by code, back to the passkey, and closed', async ({
    page,
    person,
    services,
    authenticator,
  }) => {
    await givePasskey(services, authenticator, person.id);
    await ageSessions(person);
    await page.reload();
    const dialog = page.getByRole('dialog', { name: "Confirm it's you" });
    const byPasskey = button(dialog, 'Confirm with a passkey');
    const code = dialog.getByRole('textbox', { name: 'Code' });
    await press(page, button(page, 'Add a passkey'), 'Enter', byPasskey);
    await expect(button(dialog, 'Cancel')).toHaveCount(1);
    await expect(dialog).toHaveAccessibleDescription(/Confirm with your passkey/);
    const mails = (await codesTo(person.email)).length;
    await press(page, button(dialog, 'Email me a code instead'), 'Enter', code);
    await expect(dialog).toHaveAccessibleDescription(`We sent a six-digit code to ${person.email}.`);
    await expect(button(dialog, 'Cancel')).toHaveCount(1);
    await press(page, button(dialog, 'Use your passkey instead'), 'Enter', byPasskey);
    await expect(dialog).toHaveAccessibleDescription(/Confirm with your passkey/);
    await press(page, byPasskey, 'Escape', button(page, 'Add a passkey'));
    await press(page, button(page, 'Add a passkey'), 'Enter', byPasskey);
    await press(page, button(dialog, 'Email me a code instead'), 'Enter', code);
    await page.keyboard.type(await codeTo(person.email, mails + 1));
    await expect(dialog).toHaveCount(0);
    // The ceremony follows: this device may already have a passkey for the account.
    await expect.poll(() => page.evaluate(() => document.activeElement === document.body)).toBe(false);
  });

  test('sessions: one ended, then all others', async ({ page, person, services }) => {
    for (let more = 0; more < 3; more++) await services.openSession(person.id);
    await page.reload();
    const rows = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
    await expect(rows).toHaveCount(4);
    await press(page, rows.nth(1).getByRole('button'), 'Enter', heading(page, 'Sessions'));
    await expect(rows).toHaveCount(3);
    const dialog = page.getByRole('alertdialog');
    await press(page, button(page, 'Sign out all other sessions'), 'Enter', button(dialog, 'Cancel'));
    await press(page, button(dialog, 'Cancel'), 'Enter', button(page, 'Sign out all other sessions'));
    await press(page, button(page, 'Sign out all other sessions'), 'Enter', button(dialog, 'Cancel'));
    await press(page, button(dialog, 'Sign out'), 'Enter', heading(page, 'Sessions'));
    await expect(page.getByRole('list', { name: 'Recent activity' })).toContainText('Signed out 2 other sessions');
  });

  test('the email address is verified', async ({ page, person, adminApi }) => {
    await adminApi.call('PATCH', `/admin/identities/${person.id}`, [
      { op: 'replace', path: '/verifiable_addresses/0/verified', value: false },
    ]);
    await page.reload();
    const mails = (await mailsTo(person.email)).length;
    const dialog = page.getByRole('dialog', { name: 'Verify your email address' });
    const code = dialog.getByRole('textbox', { name: 'Code' });
    await press(page, button(page, 'Verify email'), 'Enter', code);
    await expect(button(dialog, 'Cancel')).toHaveCount(1);
    await press(page, button(dialog, 'Cancel'), 'Enter', button(page, 'Verify email'));
    await press(page, button(page, 'Verify email'), 'Enter', code);
    await page.keyboard.type(await codeTo(person.email, mails + 1));
    await expect(heading(page, 'Account & Security')).toBeFocused();
  });

  test('the account menu', async ({ page }) => {
    const menu = button(page, /^Account menu/);
    const [first, last] = [page.getByRole('menuitemradio').first(), page.getByRole('menuitem').last()];
    await menu.focus();
    await page.keyboard.press('Enter');
    await expect(first.or(page.getByRole('menuitem').first()).first()).toBeVisible();
    await page.keyboard.press('End');
    await expect(last).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(menu).toBeFocused();
  });
});

test.describe('Account settings', () => {
  test.beforeEach(async ({ page, person, enter }) => {
    await enter(page, person);
    await page.goto('/profile/settings');
  });

  test('the email address: opened, cancelled, sent, cancelled, changed', async ({ page, person }) => {
    const [change, field] = [button(page, 'Change email'), page.getByRole('textbox', { name: 'New email' })];
    const code = page.getByRole('textbox', { name: 'Code' });
    await press(page, change, 'Enter', field);
    await press(page, button(page, 'Cancel'), 'Enter', change);
    await press(page, change, 'Enter', field);
    await press(page, field, 'Enter', field);
    await expect(field).toHaveAccessibleDescription(/Enter your email address/);
    const address = `new-${person.email}`;
    await field.fill(address);
    await press(page, field, 'Enter', code);
    await expect(button(page, 'Cancel')).toHaveCount(1);
    await expect(button(page, /^Resend in/)).toBeVisible();
    await press(page, button(page, 'Cancel'), 'Enter', change);
    await press(page, change, 'Enter', field);
    await field.fill(address);
    await press(page, field, 'Enter', code);
    const mailed = await codeTo(address, 1);
    await page.keyboard.type(mailed === '000000' ? '000001' : '000000');
    await expect(code).toHaveAccessibleDescription(/You have 4 attempts left/);
    await expect(code).toBeFocused();
    await page.keyboard.type(mailed);
    await page.keyboard.press('Enter');
    await expect(change).toBeFocused();
    await expect(page.getByRole('textbox', { name: 'Email', exact: true })).toHaveValue(address);
  });

  test('unsaved changes: a link asks first', async ({ page }) => {
    const name = page.getByRole('textbox', { name: 'First name' });
    const link = page.getByRole('link', { name: 'Account & Security' }).first();
    await name.fill('Augusta');
    const dialog = page.getByRole('alertdialog', { name: 'Leave without saving?' });
    await press(page, link, 'Enter', button(dialog, 'Keep editing'));
    await press(page, button(dialog, 'Keep editing'), 'Enter', link);
    await expect(name).toHaveValue('Augusta');
    await press(page, link, 'Enter', button(dialog, 'Keep editing'));
    await press(page, button(dialog, 'Leave without saving'), 'Enter', heading(page, 'Account & Security'));
    await page.goto('/profile/settings');
    await name.fill('Augusta');
    await name.press('Enter');
    await expect(page.getByText('Your changes have been saved')).toBeVisible();
    await press(page, link, 'Enter', heading(page, 'Account & Security'));
  });

  test('unsaved changes: Back and Forward ask first', async ({ page }) => {
    const name = page.getByRole('textbox', { name: 'First name' });
    const dialog = page.getByRole('alertdialog', { name: 'Leave without saving?' });
    await page.getByRole('link', { name: 'Account & Security' }).first().click();
    await expect(heading(page, 'Account & Security')).toBeFocused();
    await page.getByRole('link', { name: 'Account settings' }).first().click();
    await expect(heading(page, 'Account settings')).toBeFocused();
    await name.fill('Augusta');
    for (const _ of ['once', 'again']) {
      await page.evaluate(() => history.back());
      await expect(button(dialog, 'Keep editing')).toBeFocused();
      await press(page, button(dialog, 'Keep editing'), 'Enter', name);
      await expect(page).toHaveURL(/\/profile\/settings$/);
      await expect(name).toHaveValue('Augusta');
    }
    await page.evaluate(() => history.back());
    await press(page, button(dialog, 'Leave without saving'), 'Enter', heading(page, 'Account & Security'));
    await expect(page).toHaveURL(/\/profile$/);
  });

  test('a conflict that is not resolved says so, each time', async ({ page, person, adminApi }) => {
    await adminApi.call('PATCH', `/admin/identities/${person.id}`, [
      { op: 'replace', path: '/traits/name/first', value: 'Theirs' },
    ]);
    const name = page.getByRole('textbox', { name: 'First name' });
    const save = button(page, 'Save changes');
    const summary = page.getByRole('region', { name: 'Check one field' });
    await name.fill('Mine');
    await press(page, save, 'Enter', save);
    await expect(button(page, 'Take theirs for First name')).toBeVisible();
    for (let attempt = 0; attempt < 2; attempt++) await press(page, save, 'Enter', summary);
    await expect(summary).toContainText('For First name, choose which value to keep.');
    const choice = page.getByRole('region', { name: 'First name' });
    await press(page, summary.getByRole('link'), 'Enter', choice);
    await button(page, 'Keep mine for First name').press('Enter');
    await save.press('Enter');
    await expect(page.getByText('Your changes have been saved')).toBeVisible();
  });

  test('a conflict with another tab of the same person says so', async ({ page, context }) => {
    const other = await context.newPage();
    await other.goto('/profile/settings');
    await other.getByRole('textbox', { name: 'First name' }).fill('Elsewhere');
    await other.getByRole('textbox', { name: 'First name' }).press('Enter');
    await expect(other.getByText('Your changes have been saved')).toBeVisible();
    await page.getByRole('textbox', { name: 'First name' }).fill('Here');
    await page.getByRole('textbox', { name: 'First name' }).press('Enter');
    await expect(page.getByText('Saved by you in another tab')).toBeVisible();
    await button(page, 'Take the saved value for First name').press('Enter');
    await expect(page.getByRole('textbox', { name: 'First name' })).toHaveValue('Elsewhere');
  });

  test('the account is not deleted: the dialog begins on Cancel', async ({ page }) => {
    const dialog = page.getByRole('alertdialog');
    const opener = button(page.locator('main'), 'Delete account');
    await press(page, opener, 'Enter', button(dialog, 'Cancel'));
    await press(page, button(dialog, 'Cancel'), 'Enter', opener);
  });
});
