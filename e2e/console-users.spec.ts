import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { ageSessions, codeIn, expectAccessible, mailsTo, mailTo, type Person } from './fixtures';
import { CONSOLE, expect, test } from './operator';

/** Users in the console: found, created, edited, deactivated, reactivated, deleted. */
const USERS = `${CONSOLE}/users`;
const pageOf = ({ id }: { id: string }, tab = '') => `${USERS}/${id}${tab}`;
const rows = (page: Page) =>
  page
    .getByRole('table', { name: 'Users' })
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });
const saved = (page: Page) => page.getByRole('status').filter({ hasText: 'Your changes have been saved' });

/** Presses a button of the user's page and returns the dialog it opens. */
async function openDialog(page: Page, action: string, role: 'alertdialog' | 'dialog' = 'alertdialog') {
  await page.getByRole('button', { name: action, exact: true }).click();
  const dialog = page.getByRole(role);
  await expect(dialog).toBeVisible();
  return dialog;
}

async function copied(page: Page): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  return page.evaluate(() => navigator.clipboard.readText());
}

test('a new user is created from the schema and invited by mail', async ({ operator, browser }) => {
  const { page, email: taken } = await operator('admin');
  const email = `new-${randomUUID()}@example.com`;
  await page.goto(USERS);
  await page.getByRole('link', { name: 'New user' }).click();
  await page.getByRole('textbox', { name: 'Email' }).fill(taken);
  await page.getByRole('textbox', { name: 'First name' }).fill('Katherine');
  await page.getByRole('textbox', { name: 'Last name' }).fill('Johnson');
  await page.getByRole('textbox', { name: 'External ID' }).fill(`payroll ${email}`);
  await page.getByRole('checkbox', { name: 'Send an invitation by email' }).check();
  const submit = page.getByRole('button', { name: 'Create user' });
  await submit.click();
  await expect(page.getByRole('textbox', { name: 'Email' })).toHaveAccessibleDescription(/already used/);
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  expect(await copied(page)).toContain(`"email": "${email}"`);
  await submit.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Katherine Johnson' })).toBeVisible();
  await expect(page.getByText(`payroll ${email}`)).toBeVisible();
  const mail = await mailTo(email);
  expect(mail.text).toContain('Grace Hopper created an account for you');
  const link = mail.text.match(/^https?:\/\/\S+\/login\S*$/m)?.[0] ?? '';
  const elsewhere = await browser.newContext();
  const invited = await elsewhere.newPage();
  await invited.goto(link);
  const field = invited.getByRole('textbox', { name: 'Email' });
  if ((await field.inputValue()) === '') await field.fill(email);
  await invited.getByRole('button', { name: 'Continue' }).click();
  await invited.getByRole('textbox', { name: 'Code' }).fill(codeIn(await mailTo(email, 2)));
  await expect(invited.getByRole('heading', { level: 1, name: 'Account & Security' })).toBeVisible();
  await elsewhere.close();
});

test.describe('the list', () => {
  test('finds people by parts of name and address, and the URL keeps the query', async ({ operator, adminApi }) => {
    const { page } = await operator('viewer');
    const tag = randomUUID().slice(0, 8);
    const [ada, zoe] = [
      await adminApi.createPerson({ first: 'Ada', last: `Byron ${tag}` }),
      await adminApi.createPerson({ first: 'Zoë', last: `Müller ${tag}` }),
    ];
    await adminApi.call('PATCH', `/admin/identities/${zoe.id}`, [{ op: 'replace', path: '/state', value: 'inactive' }]);
    await page.goto(USERS);
    await expect(page.getByRole('link', { name: 'New user' })).toHaveCount(0);
    await page.keyboard.press('/');
    await page.keyboard.type(tag);
    await expect(rows(page)).toHaveCount(2);
    await expect(rows(page).first()).toContainText('Zoë'); // newest first
    await page.getByRole('link', { name: 'Name' }).click();
    await expect(rows(page).first()).toContainText('Ada');
    await expect(
      page.getByRole('table', { name: 'Users' }).getByRole('columnheader', { name: 'Name' }),
    ).toHaveAttribute('aria-sort', 'ascending');
    await page.getByRole('combobox', { name: 'State' }).selectOption('Inactive');
    await expect(rows(page)).toHaveCount(1);
    await expect(page).toHaveURL(/state=inactive/);
    await page.reload();
    await expect(rows(page)).toHaveCount(1);
    await page.goBack();
    await expect(rows(page)).toHaveCount(2);
    await rows(page)
      .getByRole('link', { name: `Ada Byron ${tag}` })
      .click();
    await expect(page).toHaveURL(pageOf(ada));
    await page.goBack();
    await page.getByRole('searchbox', { name: 'Search users' }).fill(`${tag} nobody`);
    await expect(page.getByText('No users match your search.')).toBeVisible();
    await page.getByRole('link', { name: 'Clear filters' }).last().click();
    await expect(rows(page).first()).toBeVisible();
  });

  test('pages to its end and back, and restarts at an invalid position', async ({ operator, adminApi }) => {
    const { page } = await operator('viewer');
    const tag = randomUUID().slice(0, 8);
    await Promise.all(Array.from({ length: 26 }, (_, at) => adminApi.createPerson({ first: `P${at}`, last: tag })));
    await page.goto(`${USERS}?q=${tag}&sort=created`);
    await expect(page.getByText('26 users')).toBeVisible();
    const [first] = await rows(page).allInnerTexts();
    await page.getByRole('link', { name: 'Next' }).click();
    await expect(rows(page)).toHaveCount(1);
    await page.getByRole('link', { name: 'Previous' }).click();
    await expect(rows(page)).toHaveCount(25);
    expect((await rows(page).allInnerTexts())[0]).toBe(first);
    await page.getByRole('link', { name: 'Last', exact: true }).click();
    await expect(rows(page).first()).not.toHaveText(first ?? '');
    for (const cursor of ['after=x.y', 'before=', 'after=%00', 'page=last&after=z']) {
      const answer = await page.goto(`${USERS}?q=${tag}&sort=created&${cursor}`);
      expect(answer?.status()).toBe(200);
      await expect(rows(page)).toHaveCount(25);
    }
  });

  test('shows markup in a name as text', async ({ operator, adminApi }) => {
    const { page } = await operator('admin');
    const name = { first: '<img src=x onerror=alert(1)>', last: `${randomUUID()} ${'🦄'.repeat(60)}‮evil` };
    const person = await adminApi.createPerson(name);
    page.on('dialog', (dialog) => expect(dialog.message()).toBe('no dialog'));
    await page.setViewportSize({ width: 320, height: 700 });
    await page.goto(`${USERS}?q=onerror`);
    await expect(rows(page).first()).toContainText(name.first);
    for (const tab of ['', '/traits', '/history', '/raw']) {
      await page.goto(pageOf(person, tab));
      await expect(page.getByRole('heading', { level: 1 })).toContainText(name.first);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    }
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  });
});

test('concurrent edits of one user: conflicts are shown side by side, the rest is kept', async ({
  operator,
  person,
}) => {
  const { page } = await operator('admin');
  const other = await page.context().newPage();
  for (const tab of [page, other]) await tab.goto(pageOf(person, '/traits'));
  await other.getByRole('textbox', { name: 'First name' }).fill('Theirs');
  await other.getByRole('textbox', { name: 'Academic degree' }).fill('Dr.');
  await other.getByRole('button', { name: 'Save changes' }).click();
  await expect(saved(other)).toBeVisible();
  await page.getByRole('textbox', { name: 'First name' }).fill('Mine');
  await page.getByRole('textbox', { name: 'Admin metadata (JSON)' }).fill('{"plan": "pro",}');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('textbox', { name: 'Admin metadata (JSON)' })).toHaveAccessibleDescription(/JSON/);
  await page.getByRole('textbox', { name: 'Admin metadata (JSON)' }).fill('{"plan": "pro"}');
  expect(await copied(page)).toContain('"path": "/metadata_admin"');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('One field changed while you were editing')).toBeVisible();
  await page.getByRole('button', { name: 'Keep mine for First name' }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(saved(page)).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Dr. Mine Lovelace' })).toBeVisible();
  await page.goto(pageOf(person, '/history'));
  await expect(page.getByRole('list', { name: 'History' }).getByRole('listitem').first()).toContainText('Grace Hopper');
});

test('deactivation states what it ends, ends it at once, and reactivation permits sign-in', async ({
  page: theirs,
  person,
  enter,
  signIn,
  operator,
}) => {
  await enter(theirs, person);
  await theirs.goto('/profile');
  const { page } = await operator('admin');
  await page.goto(pageOf(person));
  const dialog = await openDialog(page, 'Deactivate');
  await expect(dialog).toContainText('one session');
  await expect(dialog).toContainText('they can no longer sign in');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Deactivate' }).click();
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Reactivate' })).toBeVisible();
  await theirs.reload();
  await expect(theirs).toHaveURL(/\/login/);
  const again = await openDialog(page, 'Reactivate');
  await again.getByRole('button', { name: 'Reactivate' }).click();
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Deactivate' })).toBeVisible();
  await theirs.goto('/login');
  await signIn(theirs, person);
});

test('a user is deleted for good after the address is typed and the operator has confirmed it', async ({
  operator,
  person,
  adminApi,
}) => {
  const admin = await operator('admin');
  const { page } = admin;
  await ageSessions(admin);
  await page.goto(pageOf(person));
  const dialog = await openDialog(page, 'Delete');
  await dialog.getByRole('checkbox', { name: 'Delete permanently' }).check();
  const confirm = dialog.getByRole('button', { name: 'Delete permanently' });
  await expect(dialog.getByRole('list')).toContainText('one email address');
  await dialog.getByRole('textbox').fill(person.first);
  await confirm.click();
  await expect(dialog.getByText(`Type ${person.email} exactly.`)).toBeVisible();
  await dialog.getByRole('textbox').fill(person.email);
  await confirm.click();
  const stepUp = page.getByRole('dialog', { name: "Confirm it's you" });
  await stepUp.getByRole('button', { name: 'Confirm with a passkey' }).click();
  await expect(page).toHaveURL(USERS);
  await expect(page.getByRole('status').filter({ hasText: 'Ada Lovelace was deleted permanently.' })).toBeAttached();
  expect((await adminApi.call('GET', `/admin/identities/${person.id}`)).status).toBe(404);
  expect((await page.goto(pageOf(person)))?.status()).toBe(404);
  await expect.poll(async () => (await mailsTo(person.email)).at(-1)?.subject).toMatch(/deleted/i);
});

test.describe('recovery', () => {
  async function make(page: Page, person: Person) {
    await page.goto(pageOf(person));
    const dialog = await openDialog(page, 'Recovery link', 'dialog');
    for (const made of ['link', 'code'])
      await expect(dialog.getByRole('button', { name: `Copy as curl: ${made}` })).toBeVisible();
    await dialog.getByRole('button', { name: 'Create recovery link' }).click();
    const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
    const code = await dialog.getByRole('textbox', { name: 'Code' }).inputValue();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(dialog).toBeHidden();
    return { link, code };
  }

  test('the link signs in once, in any browser', async ({ page: theirs, person, operator }) => {
    const { page } = await operator('admin');
    const { link } = await make(page, person);
    await theirs.goto(link);
    await expect(theirs.getByText('An administrator created this link for one person.')).toBeVisible();
    await theirs.getByRole('button', { name: 'Sign in' }).click();
    await expect(theirs.getByRole('heading', { level: 1, name: 'Account & Security' })).toBeVisible();
    await page.goto(link);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/no longer works/);
    // They are notified of both, and neither link nor code travels by mail.
    await expect.poll(async () => (await mailsTo(person.email)).map(({ subject }) => subject)).toHaveLength(2);
    const mails = await mailsTo(person.email);
    for (const { text } of mails) expect(text).not.toContain(link.split('?')[1]);
  });

  test('the code signs in on its own page, which the step of the mailed code links to', async ({
    page: theirs,
    person,
    operator,
  }) => {
    const { page } = await operator('admin');
    const { code } = await make(page, person);
    await theirs.goto('/login');
    await theirs.getByRole('textbox', { name: 'Email' }).fill(person.email);
    await theirs.getByRole('button', { name: 'Continue' }).click();
    await theirs.getByRole('link', { name: 'Use a recovery code' }).click();
    const field = theirs.getByRole('textbox', { name: 'Recovery code' });
    await field.fill('482913');
    await theirs.getByRole('button', { name: 'Verify' }).click();
    await expect(field).toHaveAccessibleDescription(/This code does not work/);
    await expect(field).toBeFocused();
    await field.fill(code.toLowerCase().replaceAll('-', ' '));
    await theirs.getByRole('button', { name: 'Verify' }).click();
    await expect(theirs.getByRole('heading', { level: 1, name: 'Account & Security' })).toBeVisible();
  });
});

test('a viewer finds no button that changes anything, and no operator finds one for a person beyond their reach', async ({
  operator,
  person,
}) => {
  const [owner, admin, viewer] = [await operator('owner'), await operator('admin'), await operator('viewer')];
  const buttons = ['Deactivate', 'Delete', 'Recovery link', 'Save changes', 'Sign out everywhere'];
  for (const [page, whom] of [
    [viewer.page, person],
    [admin.page, owner],
  ] as const) {
    for (const tab of ['', '/traits', '/passkeys', '/sessions']) {
      await page.goto(pageOf(whom, tab));
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      for (const name of buttons) await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0);
    }
  }
  await expect(admin.page.getByText('This operator’s role is higher than yours')).toBeVisible();
  await viewer.page.goto(`${USERS}/new`);
  await expect(viewer.page.getByRole('heading', { level: 1 })).toHaveText('You don’t have permission');
});

for (const [colorScheme, locale, width] of [
  ['light', 'en', 1280],
  ['dark', 'de', 320],
] as const) {
  test(`the pages have no accessibility faults and fit: ${colorScheme}, ${locale}, ${width} px`, async ({
    operator,
    person,
  }) => {
    const { page } = await operator('admin');
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    await page.context().addCookies([{ name: 'signet_locale', value: locale, url: process.env.SIGNET_ORIGIN ?? '' }]);
    const paths = [USERS, `${USERS}?q=nobody-at-all`, `${USERS}/new`, pageOf(person), pageOf(person, '/traits')];
    for (const path of paths) {
      await page.goto(path);
      await expectAccessible(page, path);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
    }
  });
}
