import type { Locator, Page } from '@playwright/test';
import { CONSOLE, expect, test } from './operator';
import { press } from './press';

/** The console's dialogs by keyboard alone (WCAG 2.1.1, 2.4.3): where each begins, and where the focus goes after it. */
const button = (at: Page | Locator, name: string | RegExp) => at.getByRole('button', { name, exact: true });
/** Beside open dialogs, whose buttons may have the same names. */
const inPage = (page: Page, name: string | RegExp) => button(page.locator('#content'), name);
const title = (page: Page) => page.getByRole('heading', { level: 1 });

/** Opens a dialog that begins in `first`, and leaves it by Cancel and by Esc; the focus returns to its button. */
async function openAndLeave(page: Page, opener: Locator, dialog: Locator, first: Locator): Promise<void> {
  await press(page, opener, 'Enter', first);
  await expect(button(dialog, 'Cancel')).toHaveCount(1);
  await press(page, button(dialog, 'Cancel'), 'Enter', opener);
  await press(page, opener, 'Enter', first);
  await press(page, first, 'Escape', opener);
  await press(page, opener, 'Enter', first);
}

test('an API credential: created, its method saved and taken back, rotated, revoked', async ({ operator }) => {
  const { page } = await operator();
  await page.goto(`${CONSOLE}/users`);
  const dialog = page.getByRole('dialog');
  const name = dialog.getByRole('textbox', { name: 'Name' });
  await openAndLeave(page, inPage(page, 'Add new'), dialog, name);
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Enter');
  await expect(button(dialog, 'Copy client ID')).toBeFocused();
  await press(page, button(dialog, 'Ok'), 'Enter', title(page));
  await expect(title(page)).toHaveText('By keyboard');

  const [basic, post] = ['client_secret_basic', 'client_secret_post'].map((method) =>
    page.getByRole('radio', { name: method }),
  ) as [Locator, Locator];
  await press(page, basic, 'ArrowDown', post);
  await page.reload();
  await expect(basic).toBeChecked(); // chosen by an arrow key, not saved
  await press(page, basic, 'ArrowDown', post);
  await press(page, button(page, 'Save changes'), 'Enter', button(page, 'Save changes'));
  await expect(page.getByText('Saved: client_secret_post').last()).toBeVisible();
  await press(page, button(page, 'Undo'), 'Enter', button(page, 'Save changes'));
  await expect(page.getByText('Saved: client_secret_basic').last()).toBeVisible();
  await expect(basic).toBeChecked();

  const overlap = dialog.getByRole('radio', { name: 'Works for 24 more hours' });
  await openAndLeave(page, inPage(page, 'Rotate secret'), dialog, overlap);
  await press(page, button(dialog, 'Rotate secret'), 'Enter', button(dialog, 'Copy client ID'));
  await press(page, button(dialog, 'Ok'), 'Enter', inPage(page, 'Rotate secret'));

  const asking = page.getByRole('alertdialog');
  await openAndLeave(page, inPage(page, 'Revoke'), asking, button(asking, 'Cancel'));
  await press(page, button(asking, 'Revoke'), 'Enter', title(page));
  const [bar, heading] = [await page.locator('[data-sticky-bar]').boundingBox(), await title(page).boundingBox()];
  expect(heading?.y).toBeGreaterThanOrEqual((bar?.y ?? 0) + (bar?.height ?? 0));
});

test('a user: recovered, deactivated, signed out, a passkey deleted, unsaved changes', async ({
  operator,
  person,
  services,
}) => {
  const { page } = await operator();
  await services.registerPasskey(person.id, 'Key ring');
  for (let more = 0; more < 2; more++) await services.openSession(person.id);
  const user = `${CONSOLE}/users/${person.id}`;
  await page.goto(`${user}/sessions`);
  const rows = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
  await press(page, rows.first().getByRole('button', { name: /^Sign out / }), 'Enter', title(page));
  await expect(rows).toHaveCount(1);
  const asking = page.getByRole('alertdialog');
  await openAndLeave(page, inPage(page, 'Sign out everywhere'), asking, button(asking, 'Cancel'));
  await press(page, asking.getByRole('button').last(), 'Enter', title(page));

  await page.goto(`${user}/passkeys`);
  await openAndLeave(page, inPage(page, 'Delete Key ring'), asking, button(asking, 'Cancel'));
  await press(page, button(asking, 'Delete'), 'Enter', title(page));

  const dialog = page.getByRole('dialog');
  await openAndLeave(page, inPage(page, 'Recovery link'), dialog, button(dialog, 'Cancel'));
  await press(page, dialog.getByRole('button').last(), 'Enter', button(dialog, 'Copy link'));
  await press(page, button(dialog, 'Done'), 'Enter', inPage(page, 'Recovery link'));

  await openAndLeave(page, inPage(page, 'Deactivate'), asking, button(asking, 'Cancel'));
  await press(page, button(asking, 'Deactivate'), 'Enter', inPage(page, 'Reactivate'));

  await page.goto(`${user}/traits`);
  await page.getByRole('textbox', { name: 'First name' }).fill('Augusta');
  const tab = page.getByRole('link', { name: /^Sessions/ });
  const leaving = page.getByRole('alertdialog', { name: 'Leave without saving?' });
  await press(page, tab, 'Enter', button(leaving, 'Keep editing'));
  await press(page, button(leaving, 'Keep editing'), 'Enter', tab);
  await page.keyboard.press('Control+K');
  await page.keyboard.type('audit');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(button(leaving, 'Keep editing')).toBeFocused();
  await press(page, button(leaving, 'Leave without saving'), 'Enter', title(page));
  await expect(title(page)).toHaveText('Audit log');

  await page.goto(user);
  await press(page, inPage(page, 'Delete'), 'Enter', button(asking, 'Cancel'));
  await press(page, button(asking, 'Cancel'), 'Enter', inPage(page, 'Delete'));
});

test('operators: invited, promoted; and the search', async ({ operator, services }) => {
  const { page } = await operator('owner');
  const other = await services.makeOperator('viewer');
  await page.goto('/console/signet/-/operators');
  const dialog = page.getByRole('dialog');
  const email = dialog.getByRole('textbox', { name: 'Email' });
  await openAndLeave(page, inPage(page, 'Invite operator'), dialog, email);
  await page.keyboard.type(`new-${other.email}`);
  await page.keyboard.press('Enter');
  await expect(button(dialog, 'Copy link')).toBeFocused();
  await press(page, dialog.getByRole('button').last(), 'Enter', inPage(page, 'Invite operator'));
  const change = page.getByRole('button', { name: /^Change role of / }).first();
  await openAndLeave(page, change, dialog, dialog.getByRole('radio', { checked: true }));
  await page.keyboard.press('Escape');
  await expect(change).toBeFocused();
  await page.keyboard.press('Control+K');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(change).toBeFocused();
});

test('on a phone the menu begins with the switchers; a page that is not found keeps it', async ({ operator }) => {
  const { page } = await operator();
  await page.goto(`${CONSOLE}/nothing/here`);
  await expect(page.getByRole('navigation', { name: 'Project' }).getByRole('link', { name: 'Users' })).toBeVisible();
  await page.setViewportSize({ width: 320, height: 700 });
  const menu = page.getByRole('button', { name: 'Open menu' });
  await press(page, menu, 'Enter', page.getByRole('dialog').getByRole('button', { name: /^Organization/ }));
  await page.keyboard.press('Escape');
  await expect(menu).toBeFocused();
});

test('a viewer is told once that nothing can be changed', async ({ operator, person }) => {
  const { page } = await operator('viewer');
  await page.goto(`${CONSOLE}/users/${person.id}/traits`);
  await expect(page.getByRole('textbox', { name: 'First name' })).toHaveAttribute('readonly', '');
  await expect(page.getByText('You can view these but not change them.')).toBeVisible();
  await expect(page.getByText('Only an administrator can change this.')).toHaveCount(0);
});
