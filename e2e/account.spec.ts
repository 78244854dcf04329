import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import {
  codeIn,
  codesTo,
  codeTo,
  expect,
  expectAccessible,
  expectCleared,
  expectNoSidewaysScroll,
  mailsTo,
  mailTo,
  test,
} from './fixtures';
import { press } from './press';

/** Sessions, settings and the deletion of the account. */
test("revokes another browser's session, effective at its next request", async ({ page, person, enter, browser }) => {
  await enter(page, person);
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await enter(other, person);
  for (const tab of [page, other]) await tab.goto('/profile');
  const sessions = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
  await expect(sessions).toHaveCount(2);
  await expect(sessions.first()).toContainText('This device');
  await sessions
    .last()
    .getByRole('button', { name: /^Sign out / })
    .click();
  await expect(sessions).toHaveCount(1);
  await other.reload();
  await expect(other).toHaveURL(/\/login/);
  await elsewhere.close();
});

// ASVS 7.4.3, ASVS 7.5.2
test('revokes all other sessions after stating their number', async ({ page, person, enter, browser }) => {
  await enter(page, person);
  const contexts = await Promise.all([browser.newContext(), browser.newContext()]);
  for (const context of contexts) {
    const tab = await context.newPage();
    await enter(tab, person);
    await tab.goto('/profile');
  }
  await page.goto('/profile');
  await page.getByRole('button', { name: 'Sign out all other sessions' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('2 sessions');
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('list', { name: 'Sessions' }).getByRole('listitem')).toHaveCount(1);
  for (const context of contexts) {
    const [tab] = context.pages();
    await tab?.reload();
    await expect(tab ?? page).toHaveURL(/\/login/);
    await context.close();
  }
});

test('signs a deactivated person out at the next request, also after reactivation', async ({
  page,
  person,
  enter,
  adminApi,
}) => {
  await enter(page, person);
  await page.goto('/profile/settings');
  const set = (state: string) =>
    adminApi.call('PATCH', `/admin/identities/${person.id}`, [{ op: 'replace', path: '/state', value: state }]);
  expect((await set('inactive')).status).toBe(200);
  await page.getByRole('textbox', { name: 'First name' }).fill('Still here');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('You are no longer signed in.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'First name' })).toHaveValue('Still here');
  expect((await set('active')).status).toBe(200);
  await page.reload();
  await expect(page).toHaveURL(/\/login\?return_to=/);
});

test.describe('account settings', () => {
  test.beforeEach(async ({ page, person, enter }) => {
    await enter(page, person);
    await page.goto('/profile/settings');
  });

  test('saves names and degree as typed and shows them in full', async ({ page, person, adminApi }) => {
    await page.getByRole('textbox', { name: 'First name' }).fill('Żółć 王 👩‍🔬');
    await page.getByRole('textbox', { name: 'Last name' }).fill('  <img src=x onerror=alert(1)>  ');
    await page.getByRole('textbox', { name: 'Academic degree' }).fill('Prof. Dr.');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Your changes have been saved' })).toBeVisible();
    const { traits } = await (await adminApi.call('GET', `/admin/identities/${person.id}`)).json();
    expect(traits.name).toEqual({
      first: 'Żółć 王 👩‍🔬',
      last: '<img src=x onerror=alert(1)>',
      'academic-degree': 'Prof. Dr.',
    });
    await page.goto('/profile');
    await expect(page.getByRole('region', { name: 'Summary' })).toContainText('Prof. Dr. Żółć 王 👩‍🔬 <img src=x');
  });

  test('removes an emptied field, and saving twice is harmless', async ({ page, person, adminApi }) => {
    await page.getByRole('textbox', { name: 'First name' }).fill('');
    await page.getByRole('button', { name: 'Save changes' }).dblclick();
    await expect(page.getByText('Your changes have been saved')).toBeVisible();
    const { traits } = await (await adminApi.call('GET', `/admin/identities/${person.id}`)).json();
    expect(traits.name).toEqual({ last: 'Lovelace' });
  });

  test('reports a too long value at its field and keeps the input', async ({ page }) => {
    await page.getByRole('textbox', { name: 'First name' }).fill('x'.repeat(201));
    await page.getByRole('textbox', { name: 'Last name' }).fill('Kept');
    await page.getByRole('button', { name: 'Save changes' }).click();
    const field = page.getByRole('textbox', { name: 'First name' });
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(/at most 200 characters/);
    await expect(field).toHaveValue('x'.repeat(201));
    await expect(page.getByRole('textbox', { name: 'Last name' })).toHaveValue('Kept');
  });

  for (const choice of ['Keep mine', 'Take theirs'] as const) {
    test(`shows a concurrent edit of a field side by side: ${choice}`, async ({ page, person, adminApi }) => {
      await adminApi.call('PATCH', `/admin/identities/${person.id}`, [
        { op: 'replace', path: '/traits/name/first', value: 'Theirs' },
        { op: 'add', path: '/traits/name/academic-degree', value: 'Dr.' },
      ]);
      await page.getByRole('textbox', { name: 'First name' }).fill('Mine');
      await page.getByRole('button', { name: 'Save changes' }).click();
      await expect(page.getByText('One field changed while you were editing')).toBeVisible();
      await page.getByRole('button', { name: `${choice} for First name` }).click();
      await page.getByRole('button', { name: 'Save changes' }).click();
      await expect(page.getByText('Your changes have been saved')).toBeVisible();
      const { traits } = await (await adminApi.call('GET', `/admin/identities/${person.id}`)).json();
      const first = choice === 'Keep mine' ? 'Mine' : 'Theirs';
      expect(traits.name).toEqual({ first, last: 'Lovelace', 'academic-degree': 'Dr.' });
    });
  }

  test('changes the address once its code is entered, and notifies the previous one', async ({
    page,
    person,
    adminApi,
  }) => {
    const address = `new-${person.email}`;
    await page.getByRole('button', { name: 'Change email' }).click();
    await page.getByRole('textbox', { name: 'New email' }).fill(address);
    await page.getByRole('button', { name: 'Send code' }).click();
    await page.getByRole('textbox', { name: 'Code' }).fill(codeIn(await mailTo(address)));
    await expect(page.getByRole('textbox', { name: 'Email', exact: true })).toHaveValue(address);
    const identity = await (await adminApi.call('GET', `/admin/identities/${person.id}`)).json();
    expect(identity.verifiable_addresses).toMatchObject([{ value: address, verified: true }]);
    await expect.poll(async () => (await mailsTo(person.email)).at(-1)?.text).toContain(address);
  });

  test('undoes an unwanted change by the link mailed to the previous address', async ({
    page,
    person,
    adminApi,
    browser,
  }) => {
    await adminApi.call('PATCH', `/admin/identities/${person.id}`, [
      { op: 'replace', path: '/verifiable_addresses/0/verified', value: true },
    ]);
    const address = `hijacker-${person.email}`;
    const mails = (await mailsTo(person.email)).length;
    await page.getByRole('button', { name: 'Change email' }).click();
    await page.getByRole('textbox', { name: 'New email' }).fill(address);
    await page.getByRole('button', { name: 'Send code' }).click();
    await page.getByRole('textbox', { name: 'Code' }).fill(codeIn(await mailTo(address)));
    await expect(page.getByRole('textbox', { name: 'Email', exact: true })).toHaveValue(address);
    const { text } = await mailTo(person.email, mails + 1);
    const link = text.match(/^\s*(https?:\S+\/login\/undo\?\S+)\s*$/m)?.[1] ?? '';

    const owner = await (await browser.newContext()).newPage();
    await owner.goto(link);
    await expectAccessible(owner);
    await expect(owner.getByText(`This restores ${person.email} as the email address of your account`)).toBeVisible();
    await owner.getByRole('button', { name: 'Undo the change' }).click();
    await expect(owner.getByText('Your previous email address was restored')).toBeVisible();
    await expect(owner.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
    const identity = await (await adminApi.call('GET', `/admin/identities/${person.id}`)).json();
    expect(identity.verifiable_addresses).toMatchObject([{ value: person.email, verified: true }]);
    await page.goto('/profile');
    await expect(page).toHaveURL(/\/login/);

    await owner.goto(link);
    await expect(owner.getByRole('heading', { level: 1 })).toHaveText('This link no longer works');
    for (const recipient of [person.email, address])
      await expect.poll(async () => (await mailsTo(recipient)).at(-1)?.subject).toMatch(/was undone/);
    await owner.context().close();
  });

  test('verifies an unverified address from the summary', async ({ page, person, adminApi }) => {
    await adminApi.call('PATCH', `/admin/identities/${person.id}`, [
      { op: 'replace', path: '/verifiable_addresses/0/verified', value: false },
    ]);
    await page.goto('/profile');
    const summary = page.getByRole('region', { name: 'Summary' });
    await expect(summary).toContainText('Not verified');
    const mails = (await mailsTo(person.email)).length;
    await summary.getByRole('button', { name: 'Verify email' }).click();
    await page.getByRole('textbox', { name: 'Code' }).fill(codeIn(await mailTo(person.email, mails + 1)));
    await expect(summary.getByText('Verified', { exact: true })).toBeVisible();
  });

  test('deletes the account after its address is typed, by keyboard at 320 px; signing in brings it back', async ({
    page,
    person,
    adminApi,
  }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.reload();
    const readIdentity = async () => (await adminApi.call('GET', `/admin/identities/${person.id}`)).json();
    const dialog = page.getByRole('alertdialog', { name: 'Delete account?' });
    const confirm = dialog.getByRole('button', { name: 'Delete account' });
    const opener = page.locator('main').getByRole('button', { name: 'Delete account' });
    await press(page, opener, 'Enter', dialog.getByRole('button', { name: 'Cancel' }));
    await expect(dialog).toContainText('Your account is kept for 7 days: signing in during that time brings it back.');
    await expectAccessible(page, 'the dialog');
    await dialog.getByRole('textbox').fill('something else');
    await confirm.press('Enter');
    await expect(dialog.getByText(`Type ${person.email} exactly.`)).toBeVisible();
    await dialog.getByRole('textbox').fill(person.email.toUpperCase());
    await expectCleared(page, () => confirm.press('Enter'));
    await expect(
      page.getByText('Your account will be deleted in 7 days. To keep it, sign in before then.'),
    ).toBeVisible();
    await expectNoSidewaysScroll(page);
    expect(Date.parse((await readIdentity()).deletion_due_at)).toBeGreaterThan(Date.now());
    await expect.poll(async () => (await mailsTo(person.email)).at(-1)?.subject).toMatch(/will be deleted/);

    const before = (await codesTo(person.email)).length;
    await page.getByRole('textbox', { name: 'Email' }).fill(person.email);
    await page.getByRole('textbox', { name: 'Email' }).press('Enter');
    await page.getByRole('textbox', { name: 'Code' }).fill(await codeTo(person.email, before));
    await expect(page.getByText('Signing in cancelled the deletion.')).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    expect(await readIdentity()).not.toHaveProperty('deletion_due_at');
    const subjects = async () => (await mailsTo(person.email)).map(({ subject }) => subject);
    await expect.poll(subjects).toContain('Your account at Signet is kept');
  });

  test('downloads the stored data as a file', async ({ page, person }) => {
    await page.goto('/profile');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download your data' }).click(),
    ]);
    const files = unzipSync(await readFile(await download.path()));
    const data = JSON.parse(strFromU8(files['signet-data.json'] ?? new Uint8Array()));
    expect(data.identity).toMatchObject({ id: person.id, traits: { email: person.email } });
    expect(data.sessions).toHaveLength(1);
    expect(JSON.stringify(data)).not.toContain('metadata_admin');
    const other = await page.context().newPage(); // as the browser opens a file: without the service's policy
    await other.setContent(strFromU8(files['signet-data.html'] ?? new Uint8Array()));
    await expect(other.getByRole('row', { name: `Email ${person.email}` })).toBeVisible();
    await expectAccessible(other, 'the page of the download');
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the settings form saves, shows errors with the input, and resolves a conflict', async ({
    page,
    person,
    enter,
    adminApi,
  }) => {
    await enter(page, person);
    await page.goto('/profile/settings');
    const first = page.getByRole('textbox', { name: 'First name' });
    const save = page.getByRole('button', { name: 'Save changes' });
    await first.fill('Augusta');
    await save.click();
    await expect(page.getByText('Your changes have been saved')).toBeVisible();
    await expect(first).toHaveValue('Augusta');
    await first.fill('x'.repeat(201));
    await save.click();
    await expect(first).toHaveValue('x'.repeat(201));
    await expect(first).toHaveAccessibleDescription(/at most 200 characters/);
    await page.goto('/profile/settings');
    await adminApi.call('PATCH', `/admin/identities/${person.id}`, [
      { op: 'replace', path: '/traits/name/first', value: 'Theirs' },
    ]);
    await first.fill('Mine');
    await save.click();
    await page.getByRole('button', { name: 'Keep mine for First name' }).click();
    await save.click();
    await expect(page.getByText('Your changes have been saved')).toBeVisible();
    const { traits } = await (await adminApi.call('GET', `/admin/identities/${person.id}`)).json();
    expect(traits.name.first).toBe('Mine');
  });
});

for (const [colorScheme, locale] of [
  ['light', 'en'],
  ['dark', 'de'],
] as const) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use({ colorScheme });
    test('the pages have no accessibility faults and fit 320 px', async ({
      page,
      person,
      enter,
      baseURL: url = '',
    }) => {
      await enter(page, person);
      await page.context().addCookies([{ name: 'signet_locale', value: locale, url }]);
      for (const path of ['/profile', '/profile/settings', '/nothing-here']) {
        await page.goto(path);
        for (const width of [320, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          await expectAccessible(page, `${path} at ${width}`);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        }
      }
    });
  });
}
