import { ageSessions, expectAccessible } from './fixtures';
import { expect, test } from './operator';

/**
 * Access that requires a passkey: the console of an organization that demands one, and an operator's "Confirm it's
 * you".
 */
const confirm = { name: "Confirm it's you" };

test('an operator confirms by passkey only, and the input is kept', async ({ operator, services }) => {
  const admin = await operator('owner');
  const { page } = admin;
  const { organization, project } = await services.makeInviting(admin.id);
  await page.goto(`/console/${organization}/${project}/settings`);
  const sessions = page.getByRole('region', { name: 'Sessions' });
  const idle = sessions.getByRole('spinbutton').first();
  await expect(idle).toBeEnabled();
  const before = await idle.inputValue();
  await ageSessions(admin);
  await idle.fill('9');
  await sessions.getByRole('button', { name: 'Save changes' }).click();
  const dialog = page.getByRole('dialog', confirm);
  await expect(dialog.getByRole('button', { name: 'Confirm with a passkey' })).toBeVisible();
  await expect(dialog.getByRole('button', { name: /code/ })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(idle).toHaveValue('9');
  await sessions.getByRole('button', { name: 'Save changes' }).click();
  await dialog.getByRole('button', { name: 'Confirm with a passkey' }).click();
  await expect(sessions.getByText('Your changes have been saved')).toBeVisible();
  await page.reload();
  await expect(idle).toHaveValue('9');
  await idle.fill(before);
  await sessions.getByRole('button', { name: 'Save changes' }).click();
  await expect(sessions.getByText('Your changes have been saved')).toBeVisible();
});

test('a form that works without script also asks for confirmation: an invitation keeps its address', async ({
  operator,
  services,
}) => {
  const admin = await operator('owner');
  const { page } = admin;
  const { organization, project } = await services.makeInviting(admin.id);
  await page.goto(`/console/${organization}/${project}/users/invitations`);
  await ageSessions(admin);
  await page.getByRole('textbox', { name: 'Email' }).fill('newcomer@example.com');
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await page.getByRole('dialog', confirm).getByRole('button', { name: 'Confirm with a passkey' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'newcomer@example.com' })).toBeVisible();
});

test('a console that requires a passkey sends an operator signed in by mail to use theirs, and continues', async ({
  operator,
  services,
}) => {
  const owner = await operator('owner');
  const { page } = owner;
  const { organization } = await services.makeInviting(owner.id);
  const settings = `/console/${organization}/-/settings`;
  await page.goto(settings);
  const needed = page.getByRole('switch', { name: 'Require a passkey for the console' });
  await expect(needed).not.toBeChecked();
  await needed.click();
  await expect(page.getByRole('region', { name: 'Sign-in' }).getByText('Saved', { exact: true })).toBeVisible();
  await expect(needed).toBeChecked();
  await expectAccessible(page);

  await page.context().addCookies([await services.openSession(owner.id, 'code')]);
  await page.goto(settings);
  await expect(page).toHaveURL(/\/console\/-\/passkey\?return_to=/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This console requires a passkey');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 320, height: 800 });
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  expect((await page.request.get(`/console/${organization}/none/search?q=a`)).status()).toBe(403);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page).toHaveURL(settings);
  await expect(needed).toBeChecked();

  const stranger = await operator('viewer', organization);
  await services.dropPasskeys(stranger.id);
  await stranger.page.context().addCookies([await services.openSession(stranger.id, 'code')]);
  await stranger.page.goto(`/console/${organization}`);
  await expect(stranger.page.getByText('your account has no passkey for this domain')).toBeVisible();
  await stranger.page.getByRole('link', { name: 'Go to Account & Security' }).click();
  await expect(stranger.page.getByRole('button', { name: 'Add a passkey' }).first()).toBeVisible();
});
