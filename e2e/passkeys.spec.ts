import {
  addAuthenticator,
  ageSessions,
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  mailsTo,
  mailTo,
  test,
  withoutAutofill,
} from './fixtures';

/** The region "Passkeys" of Account & Security. */
test.describe('passkeys', () => {
  test.beforeEach(async ({ page, person, enter, authenticator: _ }) => {
    await withoutAutofill(page);
    await enter(page, person);
    await page.goto('/profile');
  });

  // ASVS 7.4.4
  test('the first one is offered, created, named, and signs in without typing', async ({
    page,
    person,
    authenticator,
  }) => {
    await page.getByRole('button', { name: 'Create a passkey' }).click();
    const passkeys = page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem');
    await expect(passkeys).toHaveCount(1);
    await expect(page.getByRole('button', { name: 'Not now' })).toHaveCount(0);
    expect(await authenticator.credentials()).toBe(1);
    await expect
      .poll(async () => (await mailsTo(person.email)).map(({ subject }) => subject).join())
      .toMatch(/passkey/i);

    await page.getByRole('button', { name: /Account menu/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await expect(page.getByRole('heading', { name: 'Account & Security' })).toBeVisible();
    await expect(passkeys.getByText('Used for this session')).toBeVisible();
    await expect(passkeys.getByText('This device only')).toBeVisible();
  });

  test('"Not now" dismisses the offer', async ({ page }) => {
    await page.getByRole('button', { name: 'Not now' }).click();
    await expect(page.getByRole('button', { name: 'Create a passkey' })).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Account & Security' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Create a passkey' })).toHaveCount(0);
  });

  test('its name is entered in place, and changed by keyboard', async ({ page }) => {
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    const field = page.getByRole('textbox', { name: 'Name it?' });
    await expect(field).toBeFocused();
    await field.fill('Żółć 王 👩‍🔬');
    await field.press('Enter');
    const rename = page.getByRole('button', { name: 'Rename Żółć 王 👩‍🔬' });
    await expect(rename).toBeFocused();
    await rename.press('Enter');
    await page.keyboard.type('something else');
    await page.keyboard.press('Escape');
    await expect(rename).toBeFocused();
    await page.reload();
    await expect(page.getByRole('button', { name: 'Rename Żółć 王 👩‍🔬' })).toBeVisible();
  });

  test('an empty name and one too long are refused at the field', async ({ page }) => {
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    const field = page.getByRole('textbox', { name: 'Name it?' });
    await field.fill('   ');
    await field.press('Enter');
    await expect(page.getByText('Enter a name.')).toBeVisible();
    await field.fill('x'.repeat(65));
    await field.press('Enter');
    await expect(page.getByText('Use at most 64 characters.')).toBeVisible();
    await expect(field).toHaveAttribute('aria-invalid', 'true');
  });

  test('the last one may be removed, because sign-in by mail works; the dialog says so', async ({ page, person }) => {
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('textbox', { name: 'Name it?' }).fill('Mine');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Delete Mine' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Delete “Mine”?' });
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await expect(dialog).toContainText(person.email);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Delete Mine' })).toBeFocused();
    await page.getByRole('button', { name: 'Delete Mine' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByText('You have no passkeys yet.')).toBeVisible();
    expect((await mailTo(person.email, 2)).text).toContain('Mine');
  });

  test('a deleted one comes back by keyboard within ten seconds, and no mail is sent', async ({ page, person }) => {
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('textbox', { name: 'Name it?' }).fill('Mine');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Delete Mine' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByText('You have no passkeys yet.')).toBeVisible();
    await expect(page.locator('#passkeys')).toBeFocused();
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
    await page.keyboard.press('F6');
    await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByText('“Mine” is back.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Delete Mine' })).toBeVisible();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('passkeys');
    await page.getByRole('button', { name: /Account menu/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await expect(page.getByRole('heading', { name: 'Account & Security' })).toBeVisible();
    expect((await mailsTo(person.email)).filter(({ subject }) => /deleted/i.test(subject))).toEqual([]);
  });

  test('after a reload, a deleted one can still be brought back by keyboard', async ({ page, authenticator }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('textbox', { name: 'Name it?' }).fill('Mine');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Delete Mine' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    const undo = page.getByRole('button', { name: 'Undo' });
    await expect(undo).toBeVisible();
    // Reaching the button extends the time, so that a slow machine still finds it.
    const held = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.keyboard.press('F6');
    await held;
    await page.reload();
    await expect(undo).toBeVisible();
    await expectAccessible(page, 'the toast');
    await expectNoSidewaysScroll(page);
    await page.keyboard.press('F6');
    await expect(undo).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByText('“Mine” is back.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Delete Mine' })).toBeVisible();
    expect(await authenticator.credentials()).toBe(1);
  });

  test('a cancelled ceremony leaves nothing behind', async ({ page, authenticator }) => {
    await authenticator.setVerified(false);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await expect(page.getByText('No passkey was added.')).toBeVisible();
    await expect(page.getByText('You have no passkeys yet.')).toBeVisible();
    await authenticator.setVerified(true);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await expect(page.getByText('No passkey was added.')).toHaveCount(0);
    await expect(page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem')).toHaveCount(1);
  });

  test('a second one on the same device is refused with an explanation', async ({ page, authenticator }) => {
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await expect(page.getByText('This device already has a passkey for your account.')).toBeVisible();
    expect(await authenticator.credentials()).toBe(1);
  });

  test('a browser without passkeys says so', async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, 'PublicKeyCredential'));
    await page.reload();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await expect(page.getByText('This browser does not support passkeys.')).toBeVisible();
  });

  test('an old session asks for confirmation, and the action then continues by itself', async ({ page, person }) => {
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('textbox', { name: 'Name it?' }).fill('Mine');
    await page.keyboard.press('Enter');
    await ageSessions(person);
    await page.getByRole('button', { name: 'Delete Mine' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    const confirm = page.getByRole('dialog', { name: "Confirm it's you" });
    await confirm.getByRole('button', { name: 'Confirm with a passkey' }).click();
    await expect(page.getByText('You have no passkeys yet.')).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  test('without a passkey a mailed code confirms it, and a closed dialog changes nothing', async ({ page, person }) => {
    await ageSessions(person);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    const confirm = page.getByRole('dialog', { name: "Confirm it's you" });
    await expect(confirm).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(confirm).toHaveCount(0);
    await expect(page.getByText('You have no passkeys yet.')).toBeVisible();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    const mails = (await mailsTo(person.email)).length;
    await confirm.getByRole('button', { name: 'Email me a code' }).click();
    const { text } = await mailTo(person.email, mails + 1);
    await confirm.getByRole('textbox', { name: 'Code' }).fill(text.match(/^\s*(\d{6})\s*$/m)?.[1] ?? '');
    await expect(page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem')).toHaveCount(1);
  });

  test('a synced one is called "Synced"', async ({ page, authenticator }) => {
    await authenticator.cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: authenticator.id });
    await addAuthenticator(page, { isSynced: true });
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await expect(page.getByRole('list', { name: 'Passkeys' }).getByText('Synced')).toBeVisible();
  });
});
