import { deflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { pngChunk } from '../testing/pictures';
import { expectAccessible } from './fixtures';
import { CONSOLE, expect, test } from './operator';

/** A person's picture: chosen, cropped, shown, replaced by an operator, removed. */

/** Twice as wide as high: red on the left, blue on the right; with a note, as cameras leave it. */
function photo(side = 40): Buffer {
  const row = [0, ...Array.from({ length: 2 * side }, (_, x) => (x < side ? [220, 30, 30] : [30, 60, 220])).flat()];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(2 * side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...pngChunk('IHDR', header),
    ...pngChunk('tEXt', Buffer.from('Location\x0052.52 13.40')),
    ...pngChunk('IDAT', deflateSync(Buffer.from(Array.from({ length: side }, () => row).flat()))),
    ...pngChunk('IEND'),
  ]);
}

const file = (buffer = photo(), name = 'photo.png') => ({ name, mimeType: 'image/png', buffer });
const field = (page: Page) => page.locator('input[type=file]');
const toast = (page: Page, text: string) => page.getByRole('region', { name: 'Notifications' }).getByText(text);
const pictures = (page: Page) => page.locator('img[src^="/pictures/"]');

test('a person chooses a picture, crops it with the keyboard, and removes it', async ({ page, person, enter }) => {
  await enter(page, person);
  await page.goto('/profile/settings');
  await page.waitForLoadState('networkidle');
  await expect(pictures(page)).toHaveCount(0);

  await field(page).setInputFiles(file(Buffer.from('<svg/>'), 'drawing.svg'));
  await expect(field(page)).toHaveAccessibleDescription(/Use a PNG, JPEG or WebP image/);
  await field(page).setInputFiles(file(photo().subarray(0, 60)));
  await expect(field(page)).toHaveAccessibleDescription(/cannot be read/);

  const choose = page.getByRole('button', { name: 'Choose picture' });
  const chooser = page.waitForEvent('filechooser');
  await choose.press('Enter');
  await (await chooser).setFiles(file());
  const dialog = page.getByRole('dialog', { name: 'Adjust picture' });
  await expect(dialog.getByRole('slider', { name: 'Zoom' })).toBeFocused();
  await expect(dialog.getByRole('slider', { name: 'Vertical position' })).toBeDisabled();
  await expectAccessible(page);
  await dialog.getByRole('slider', { name: 'Horizontal position' }).press('End');
  const saving = page.waitForResponse((response) => response.request().method() === 'POST');
  await dialog.getByRole('button', { name: 'Save picture' }).press('Enter');
  const sent = (await saving).request().postData() ?? '';
  await expect(toast(page, 'The picture was saved')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Replace picture' })).toBeFocused();

  // In the menu and in the field.
  await expect(pictures(page)).toHaveCount(2);
  const path = (await pictures(page).first().getAttribute('src')) ?? '';
  const response = await page.request.get(path);
  expect(response.headers()).toMatchObject({ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff' });
  expect((await response.body()).includes('Location')).toBe(false);
  expect(sent).not.toContain(photo().toString('base64').slice(60, 100));
  const color = await pictures(page)
    .first()
    .evaluate(async (image: HTMLImageElement) => {
      await image.decode();
      const canvas = document.createElement('canvas');
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      return [image.naturalWidth, image.naturalHeight, ...(context?.getImageData(20, 20, 1, 1).data ?? [])];
    });
  expect(color.slice(0, 2)).toEqual([40, 40]);
  expect(color[4]).toBeGreaterThan(150); // the right half is blue
  expect(color[2]).toBeLessThan(80);

  await page.goto('/profile');
  await expect(pictures(page)).toHaveCount(2);
  await page.goto('/profile/settings');
  await page.waitForLoadState('networkidle');
  await page.getByRole('button', { name: 'Remove picture' }).press('Enter');
  await expect(toast(page, 'The picture was removed')).toBeVisible();
  await expect(choose).toBeFocused();
  await expect(pictures(page)).toHaveCount(0);
  expect((await page.request.get(path)).status()).toBe(404);
});

test('dragging moves the section, and cancelling keeps the initials', async ({ page, person, enter }) => {
  await enter(page, person);
  await page.goto('/profile/settings');
  await page.waitForLoadState('networkidle');
  await field(page).setInputFiles(file());
  const dialog = page.getByRole('dialog', { name: 'Adjust picture' });
  const slider = dialog.getByRole('slider', { name: 'Horizontal position' });
  await expect(slider).toHaveValue('50');
  const box = await dialog.locator('canvas').boundingBox();
  if (!box) throw new Error('no canvas');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width, box.y + box.height / 2);
  await page.mouse.up();
  await expect(slider).toHaveValue('0');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(pictures(page)).toHaveCount(0);
});

test('an operator sets a user’s picture, and the console shows it', async ({ operator, adminApi }) => {
  const { page } = await operator('admin');
  const user = await adminApi.createPerson();
  await page.goto(`${CONSOLE}/users/${user.id}/traits`);
  await page.waitForLoadState('networkidle');
  await field(page).setInputFiles(file());
  await page.getByRole('dialog', { name: 'Adjust picture' }).getByRole('button', { name: 'Save picture' }).click();
  await expect(toast(page, 'The picture was saved')).toBeVisible();
  await expect(pictures(page)).toHaveCount(2);
  const identity = await (await adminApi.call('GET', `/admin/identities/${user.id}`)).json();
  expect(identity.picture).toMatch(/\/pictures\/[\w-]{24}$/);
  expect((await fetch(identity.picture)).status).toBe(200);
  await page.goto(`${CONSOLE}/users?q=${encodeURIComponent(user.email)}`);
  await expect(page.getByRole('table', { name: 'Users' }).locator('img[src^="/pictures/"]')).toBeVisible();
  await page.goto(`${CONSOLE}/users/${user.id}/history`);
  await expect(page.getByText(/The picture of .* was changed/)).toBeVisible();
});
