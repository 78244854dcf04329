import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { alertOf, expect, givePasskey, headingOf, test, withoutAutofill } from './fixtures';

test.describe('sign-in by passkey', () => {
  test('the button signs in without typing', async ({ page, person, services, authenticator }) => {
    await withoutAutofill(page);
    await givePasskey(services, authenticator, person.id);
    await page.goto('/profile/settings');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await expect(page).toHaveURL('/profile/settings');
    await page.goto('/profile');
    await expect(page.getByText('Used for this session')).toBeVisible();
  });

  test('autofill signs in, picked from the e-mail field', async ({ page, person, services, authenticator }) => {
    await givePasskey(services, authenticator, person.id);
    await page.goto('/profile/settings');
    await expect(headingOf(page)).toHaveText('Account settings');
  });

  test('a cancelled ceremony is not an error, and can be restarted', async ({
    page,
    person,
    services,
    authenticator,
  }) => {
    await withoutAutofill(page);
    await givePasskey(services, authenticator, person.id);
    await page.goto('/login');
    await authenticator.setVerified(false);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Cancelled. Nothing was changed.' })).toBeVisible();
    await expect(alertOf(page).filter({ hasText: /./ })).toHaveCount(0);
    await authenticator.setVerified(true);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await expect(headingOf(page)).toHaveText('Account & Security');
  });

  test('an unknown one is refused with an explanation, and not offered again', async ({ page, authenticator }) => {
    await withoutAutofill(page);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const credential = {
      credentialId: randomBytes(16).toString('base64'),
      isResidentCredential: true,
      rpId: 'localhost',
      privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
      userHandle: randomBytes(32).toString('base64'),
      signCount: 0,
    };
    await authenticator.cdp.send('WebAuthn.addCredential', { authenticatorId: authenticator.id, credential });
    await page.goto('/login');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await expect(page.getByText('This passkey does not belong to an account here.')).toBeVisible();
    await expect.poll(authenticator.credentials).toBe(0);
  });

  test('a browser without passkeys says so when asked, not before', async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, 'PublicKeyCredential'));
    await page.goto('/login');
    const button = page.getByRole('button', { name: 'Sign in with a passkey' });
    await expect(button).toBeEnabled();
    const words = page.getByText('This browser does not support passkeys.');
    await expect(words).toHaveCount(0);
    await button.click();
    await expect(words).toBeVisible();
  });
});
