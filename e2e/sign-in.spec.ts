import { randomUUID } from 'node:crypto';
import type { Browser, Page } from '@playwright/test';
import {
  alertOf,
  codeIn,
  expect,
  expectCleared,
  givePasskey,
  headingOf,
  linkIn,
  mailsTo,
  mailTo,
  test,
  withoutAutofill,
} from './fixtures';

const codeField = (page: Page) => page.getByRole('textbox', { name: 'Code' });
const unknownAddress = () => `${randomUUID()}@example.com`;

async function askForCode(page: Page, email: string, path = '/login'): Promise<void> {
  await page.goto(path);
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();
}

async function enterCode(page: Page, code: string): Promise<void> {
  await codeField(page).fill(code);
  await page.keyboard.press('Enter'); // a first code would submit itself, a corrected one does not
}

const wrongCode = (code: string) => code.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));

async function elsewhere<T>(browser: Browser, visit: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext();
  const result = await visit(await context.newPage());
  await context.close();
  return result;
}

test.describe('by code', () => {
  test('a return path too long for a URL is kept, and followed', async ({ page, person, enter }) => {
    const long = `/profile/settings?from=${'x'.repeat(5000)}`;
    const kept = /\/login\?return_to=%2Flogin%2Freturn%3Fid%3D[\w-]{43}$/;
    await page.goto(long);
    await expect(page).toHaveURL(kept);
    await page.getByRole('textbox', { name: 'Email' }).fill(person.email);
    await page.getByRole('button', { name: 'Continue' }).click();
    await enterCode(page, codeIn(await mailTo(person.email)));
    await expect(page).toHaveURL(long);
    await page.context().clearCookies();
    await page.goto(`/login?return_to=${encodeURIComponent(long)}`);
    await enter(page, person);
    await page.reload();
    await expect(page).toHaveURL(long);
    await page.goto('/login/return?id=x');
    await expect(page).toHaveURL('/profile');
  });

  test('a person signs in and arrives where they wanted to go', async ({ page, person }) => {
    await page.goto('/profile/settings?from=mail');
    await expect(page).toHaveURL(/\/login\?return_to=/);
    await expect(page).toHaveTitle('Sign in');
    await expect(headingOf(page)).toHaveText('Sign in');
    const email = page.getByRole('textbox', { name: 'Email' });
    await expect(email).toHaveAttribute('autocomplete', 'username webauthn');
    await email.fill(`  ${person.email.toUpperCase()} `);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(headingOf(page)).toHaveText('Sign in');
    await expect(page.getByRole('heading', { level: 2, name: 'Check your email' })).toBeVisible();
    await expect(codeField(page)).toBeFocused();
    await expect(codeField(page)).toHaveAttribute('autocomplete', 'one-time-code');
    const { text } = await mailTo(person.email);
    const code = codeIn({ text });
    await enterCode(page, `${code.slice(0, 3)} ${code.slice(3)}`);
    await expect(page).toHaveURL('/profile/settings?from=mail');
    await expect(headingOf(page)).toHaveText('Account settings');
  });

  test('a reload keeps the step, another address can be chosen, and the return path is kept', async ({
    page,
    person,
  }) => {
    await askForCode(page, person.email, '/login?return_to=%2Fprofile%2Fsettings');
    await page.reload();
    await expect(codeField(page)).toBeVisible();
    await page.getByRole('link', { name: 'Use another email address' }).click();
    await expect(page.getByRole('textbox', { name: 'Email' })).toBeFocused();
    await page.goBack();
    await expect(codeField(page)).toBeVisible();
    await enterCode(page, codeIn(await mailTo(person.email)));
    await expect(page).toHaveURL('/profile/settings');
  });

  test('input typed before hydration is kept', async ({ page, person }) => {
    let release = () => {};
    const hold = async () => {
      const scripts = new Promise<void>((resolve) => (release = resolve));
      await page.route('**/_next/static/chunks/*.js', async (route) => {
        await scripts;
        await route.continue();
      });
    };
    const waitForHydration = async () => {
      release();
      await page.unrouteAll({ behavior: 'wait' });
    };
    await hold();
    await page.goto('/login', { waitUntil: 'commit' });
    await page.getByRole('textbox', { name: 'Email' }).fill(person.email);
    await waitForHydration();
    await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toBeEnabled();
    await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue(person.email);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(codeField(page)).toBeVisible();
    const code = codeIn(await mailTo(person.email));
    await hold();
    await page.reload({ waitUntil: 'commit' });
    await codeField(page).fill(code);
    await waitForHydration();
    await expect(page.getByRole('button', { name: /^Resend in/ })).toBeVisible(); // the countdown needs script
    await expect(codeField(page)).toHaveValue(code);
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(headingOf(page)).toHaveText('Account & Security');
  });

  test('an unknown address gets the same screen, and no mail', async ({ page, person, browser }) => {
    const unknown = unknownAddress();
    await askForCode(page, unknown);
    const screen = async (on: Page, email: string) => {
      const snapshot = await on.getByRole('main').ariaSnapshot();
      return snapshot.replaceAll(email, 'EMAIL').replace(/\d+ seconds?/, 'SECONDS');
    };
    const seen = await screen(page, unknown);
    await elsewhere(browser, async (other) => {
      await askForCode(other, person.email);
      expect(await screen(other, person.email)).toBe(seen);
      expect(new URL(other.url()).search).toBe(new URL(page.url()).search);
    });
    await mailTo(person.email);
    expect(await mailsTo(unknown)).toEqual([]);
    await enterCode(page, '000000');
    await expect(codeField(page)).toHaveAccessibleDescription(/You have 4 attempts left/);
  });

  test('a missing or malformed address is reported in words', async ({ page }) => {
    await page.goto('/login');
    const email = page.getByRole('textbox', { name: 'Email' });
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(email).toHaveAccessibleDescription('Enter your email address.');
    await expect(email).toBeFocused();
    await email.fill('ada.example.com');
    await email.press('Enter');
    await expect(email).toHaveAccessibleDescription('Enter an email address such as name@example.com.');
    await expect(email).toHaveAttribute('aria-invalid', 'true');
    await expect(email).toHaveValue('ada.example.com');
  });

  test('a wrong code states the remaining attempts, and the right one still works', async ({ page, person }) => {
    await askForCode(page, person.email);
    const code = codeIn(await mailTo(person.email));
    await enterCode(page, '12');
    await expect(codeField(page)).toHaveAccessibleDescription(/Enter the six-digit code from the email/);
    await enterCode(page, wrongCode(code));
    await expect(codeField(page)).toHaveAccessibleDescription(/You have 4 attempts left/);
    await expect(codeField(page)).toBeFocused();
    await enterCode(page, code);
    await expect(headingOf(page)).toHaveText('Account & Security');
  });

  test('after five wrong codes the right one is refused, and a new one works', async ({ page, person }) => {
    await page.clock.install();
    await askForCode(page, person.email);
    const code = codeIn(await mailTo(person.email));
    for (const left of [
      /4 attempts left/,
      /3 attempts left/,
      /2 attempts left/,
      /one attempt left/,
      /Request a new one/,
    ]) {
      await enterCode(page, wrongCode(code));
      await expect(codeField(page)).toHaveAccessibleDescription(left);
    }
    await enterCode(page, code);
    await expect(codeField(page)).toHaveAccessibleDescription(/This code no longer works/);
    await page.reload();
    await expect(codeField(page)).toHaveAccessibleDescription(/This code no longer works/);
    await page.clock.fastForward(60_000);
    await page.getByRole('button', { name: 'Resend', exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: 'A new email is on its way' })).toBeVisible();
    await enterCode(page, codeIn(await mailTo(person.email, 2)));
    await expect(headingOf(page)).toHaveText('Account & Security');
  });

  test('"Resend" waits, and invalidates the previous code', async ({ page, person }) => {
    await page.clock.install();
    await askForCode(page, person.email);
    const first = codeIn(await mailTo(person.email));
    await expect(page.getByRole('button', { name: /^Resend in \d+ seconds?$/ })).toBeDisabled();
    await page.clock.fastForward(60_000);
    await page.getByRole('button', { name: 'Resend', exact: true }).click();
    await expect(page.getByRole('button', { name: /^Resend in/ })).toBeDisabled();
    const second = codeIn(await mailTo(person.email, 2));
    await enterCode(page, first);
    await expect(codeField(page)).toHaveAccessibleDescription(/attempts left/);
    await enterCode(page, second);
    await expect(headingOf(page)).toHaveText('Account & Security');
  });

  test('too many requests are refused with the time to retry', async ({ page }) => {
    await page.clock.install();
    const email = unknownAddress();
    for (let count = 1; count <= 3; count++) await askForCode(page, email);
    await page.clock.fastForward(60_000);
    await page.getByRole('button', { name: 'Resend', exact: true }).click();
    await expect(alertOf(page)).toContainText(/Try again in 1[45] minutes/);
    await page.goto('/login');
    await page.getByRole('textbox', { name: 'Email' }).fill(email);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(alertOf(page)).toContainText(/Try again in 1[45] minutes/);
    await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue(email);
  });

  test('a code works only in the browser that requested it', async ({ page, person, browser }) => {
    await askForCode(page, person.email);
    const code = codeIn(await mailTo(person.email));
    await elsewhere(browser, async (other) => {
      await other.goto('/login?step=code');
      await expect(codeField(other)).toHaveCount(0);
      await askForCode(other, unknownAddress());
      await enterCode(other, code);
      await expect(codeField(other)).toHaveAccessibleDescription(/This code is incorrect/);
    });
    await enterCode(page, code);
    await expect(headingOf(page)).toHaveText('Account & Security');
  });

  test('without a connection the input is kept', async ({ page, person }) => {
    await page.goto('/login');
    await page.getByRole('textbox', { name: 'Email' }).fill(person.email);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(alertOf(page)).toContainText('You seem to be offline');
    await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue(person.email);
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Continue' }).click();
    await enterCode(page, codeIn(await mailTo(person.email)));
    await expect(headingOf(page)).toHaveText('Account & Security');
  });
});

test.describe('by link', () => {
  test('opening it consumes nothing; the button signs in, once', async ({ page, person, browser }) => {
    await askForCode(page, person.email, '/login?return_to=%2Fprofile%2Fsettings');
    const link = linkIn(await mailTo(person.email));
    for (let count = 1; count <= 3; count++) {
      const scanned = await page.request.get(link);
      expect(scanned.status()).toBe(200);
      expect(scanned.headers()['set-cookie'] ?? '').not.toContain('signet_session');
    }
    await elsewhere(browser, async (other) => {
      await other.goto(link);
      await expect(headingOf(other)).toHaveText('Sign in');
      await expect(other.getByText('This link was requested in a different browser.')).toBeVisible();
      expect(await other.content()).not.toContain(person.email);
    });
    await page.goto(link);
    await expect(page).toHaveTitle('Sign in');
    await expect(headingOf(page)).toHaveText('Sign in');
    await expect(page.getByText(person.email)).toBeVisible();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL('/profile/settings');
    await elsewhere(browser, async (other) => {
      await other.goto(link);
      await expect(headingOf(other)).toHaveText('This link no longer works');
      await other.getByRole('link', { name: 'Request a new link' }).click();
      await expect(other.getByRole('textbox', { name: 'Email' })).toBeVisible();
    });
  });

  test('it signs in another browser; the original tab, submitted later, reports that it is used', async ({
    page,
    person,
    browser,
  }) => {
    await askForCode(page, person.email);
    const link = linkIn(await mailTo(person.email));
    await page.goto(link);
    await elsewhere(browser, async (other) => {
      await other.goto(link);
      await other.getByRole('button', { name: 'Sign in' }).click();
      await expect(headingOf(other)).toHaveText('Account & Security');
    });
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(headingOf(page)).toHaveText('This link no longer works');
  });
});

test.describe('an inactive person', () => {
  const deactivate = { op: 'replace', path: '/state', value: 'inactive' };

  test('is refused by code and by link, without a hint', async ({ page, person, adminApi }) => {
    await askForCode(page, person.email);
    const mail = await mailTo(person.email);
    expect((await adminApi.call('PATCH', `/admin/identities/${person.id}`, [deactivate])).status).toBe(200);
    await enterCode(page, codeIn(mail));
    await expect(page.getByText(/This code no longer works/)).toBeVisible();
    await page.goto(linkIn(mail));
    await expect(headingOf(page)).toHaveText('This link no longer works');
    await askForCode(page, person.email);
    await page.goto('/profile');
    await expect(page).toHaveURL(/\/login/);
  });

  test('is refused by passkey', async ({ page, person, services, adminApi, authenticator }) => {
    await withoutAutofill(page);
    await givePasskey(services, authenticator, person.id);
    expect((await adminApi.call('PATCH', `/admin/identities/${person.id}`, [deactivate])).status).toBe(200);
    await page.goto('/login');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await expect(page.getByText('This account is deactivated.')).toBeVisible();
    await page.goto('/profile');
    await expect(page).toHaveURL(/\/login/);
  });
});

test.describe('the return path', () => {
  for (const target of ['//evil.example/', '/\\evil.example', 'https://evil.example/', '/%09/evil.example']) {
    test(`never leads to another host: ${target}`, async ({ page, person }) => {
      await askForCode(page, person.email, `/login?return_to=${encodeURIComponent(target)}`);
      await enterCode(page, codeIn(await mailTo(person.email)));
      await expect(page).not.toHaveURL(/\/login/);
      expect(new URL(page.url()).origin).toBe(process.env.SIGNET_ORIGIN);
    });
  }

  test('is followed at once when already signed in', async ({ page, person, enter }) => {
    await enter(page, person);
    await page.goto('/login?return_to=%2Fprofile%2Fsettings');
    await expect(page).toHaveURL('/profile/settings');
    await page.goto('/login?return_to=%2F%2Fevil.example');
    await expect(page).toHaveURL('/profile');
    await page.goto('/');
    await expect(page).toHaveURL('/profile');
  });

  test('explains that the session was ended elsewhere', async ({ page, person, enter, signIn, adminApi }) => {
    await enter(page, person);
    for (const value of ['inactive', 'active']) {
      await adminApi.call('PATCH', `/admin/identities/${person.id}`, [{ op: 'replace', path: '/state', value }]);
    }
    await page.goto('/profile');
    await expect(page.getByText('Your session has ended. Sign in to continue.')).toBeVisible();
    await signIn(page, person);
    await expect(headingOf(page)).toHaveText('Account & Security');
  });

  test('ends at the sign-in page after signing out, also by the back button', async ({ page, person, signIn }) => {
    await page.goto('/');
    await expect(page).toHaveURL('/login');
    await signIn(page, person);
    await page.getByRole('link', { name: 'Account settings' }).first().click();
    await expect(headingOf(page)).toHaveText('Account settings');
    await page.getByRole('button', { name: /^Account menu/ }).click();
    await expectCleared(page, () => page.getByRole('menuitem', { name: 'Sign out' }).click());
    await expect(page.getByText('You are signed out.')).toBeVisible();
    await page.goBack();
    await expect(headingOf(page)).toHaveText('Sign in');
    await page.goto('/profile');
    await expect(page).toHaveURL('/login?return_to=%2Fprofile');
  });
});

test('signing out by the endpoint of next-auth clears what the browser keeps, but no other cookie', async ({
  page,
  person,
  enter,
}) => {
  await enter(page, person);
  await page.goto('/profile');
  await page.getByRole('button', { name: /^Account menu/ }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const names = async () => (await page.context().cookies()).map(({ name }) => name);
  const before = await names();
  await expectCleared(page, () =>
    page.evaluate(async () => {
      const { csrfToken } = await (await fetch('/api/auth/csrf')).json();
      await fetch('/api/auth/signout', { method: 'POST', body: new URLSearchParams({ csrfToken, json: 'true' }) });
    }),
  );
  expect(await names()).toEqual(expect.arrayContaining(before.filter((name) => !name.startsWith('signet_session_'))));
  await page.goto('/profile');
  await expect(page).toHaveURL(/\/login/);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a person signs in by code, after a mistake of each kind, and out again', async ({ page, person }) => {
    await page.goto('/login?return_to=%2Fprofile%2Fsettings');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByText('Enter your email address.')).toBeVisible();
    expect(await page.locator('noscript').textContent()).toContain('Passkeys need JavaScript.');
    await page.getByRole('textbox', { name: 'Email' }).fill(person.email);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page).toHaveURL(/step=code/);
    const code = codeIn(await mailTo(person.email));
    await enterCode(page, wrongCode(code));
    await expect(page.getByText('You have 4 attempts left')).toBeVisible();
    await page.getByRole('button', { name: 'Resend' }).click();
    await expect(page.getByText('A new email is on its way.')).toBeVisible();
    await enterCode(page, codeIn(await mailTo(person.email, 2)));
    await expect(page).toHaveURL('/profile/settings');
    await page.getByRole('button', { name: /^Account menu/ }).click();
    await expectCleared(page, () => page.getByRole('button', { name: 'Sign out' }).click());
    await expect(page.getByText('You are signed out.')).toBeVisible();
    await page.goto('/profile');
    await expect(page).toHaveURL(/\/login/);
  });

  test('a person signs in by link', async ({ page, person }) => {
    await askForCode(page, person.email);
    await page.goto(linkIn(await mailTo(person.email)));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(headingOf(page)).toHaveText('Account & Security');
  });

  test('language and theme are chosen, and persist', async ({ page }) => {
    await page.goto('/login?return_to=%2Fprofile');
    await page.getByRole('button', { name: 'Deutsch' }).click();
    await expect(page.getByRole('button', { name: 'Weiter' })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await page.getByRole('button', { name: 'Dunkel' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(page).toHaveURL('/login?return_to=%2Fprofile');
    await page.reload();
    await expect(page.getByRole('button', { name: 'Weiter' })).toBeVisible();
  });
});

test('the language chosen here applies at once, and everywhere after signing in', async ({
  page,
  person,
  signIn,
  browser,
}) => {
  await page.goto('/login');
  await page.getByRole('textbox', { name: 'Email' }).fill('half-typed');
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await expect(headingOf(page)).toHaveText('Anmelden');
  await expect(page).toHaveTitle('Anmelden');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.getByRole('textbox', { name: 'E-Mail-Adresse' })).toHaveValue('half-typed');
  await page.getByRole('button', { name: 'English' }).click();
  await signIn(page, person);
  await page.getByRole('button', { name: /^Account menu/ }).click();
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await elsewhere(browser, async (other) => {
    await signIn(other, person);
    await expect(other.locator('html')).toHaveAttribute('lang', 'de');
  });
});
