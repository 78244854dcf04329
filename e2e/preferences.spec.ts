import type { Page } from '@playwright/test';
import { expect, headingOf, test } from './fixtures';
import { test as asOperator, CONSOLE } from './operator';

/** What people set in their system: forced colors and reduced motion. */
/** Without those that browsers draw themselves. */
const FIELDS =
  'main :is(input:not([type="hidden"], [type="file"], [type="checkbox"], [type="radio"]), select, textarea)';

/** Fields that forced colors would leave without an edge, of their own or of the frame around them. */
const fieldsWithoutEdge = (page: Page) =>
  page.locator(FIELDS).evaluateAll((fields) =>
    fields
      .filter((field) => {
        const edges = [field, field.parentElement ?? field].map((element) => getComputedStyle(element));
        const isDrawn = edges.some(
          ({ borderTopStyle, borderTopWidth }) => borderTopStyle !== 'none' && Number.parseFloat(borderTopWidth) >= 1,
        );
        return field.getClientRects().length > 0 && !isDrawn;
      })
      .map(({ outerHTML }) => outerHTML.slice(0, 120)),
  );

/** WCAG 2.2, 2.4.7: each of the first stops of the Tab key has a visible outline, or its frame has. */
async function expectVisibleFocus(page: Page, stops: number): Promise<void> {
  for (let stop = 0; stop < stops; stop++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const { activeElement: element } = document;
      if (!element || element === document.body) return null;
      const frames = [element, element.parentElement ?? element].map((each) => getComputedStyle(each));
      const widths = frames.map(({ outlineStyle, outlineWidth }) =>
        outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth),
      );
      return { name: element.outerHTML.slice(0, 120), outline: Math.max(...widths) };
    });
    if (!focused) return;
    expect(focused.outline, focused.name).toBeGreaterThanOrEqual(2);
  }
}

/** Elements that would move: with a transition or an animation of some length. */
const moving = (page: Page) =>
  page.evaluate(() => {
    const longest = (durations: string) => Math.max(...durations.split(',').map(Number.parseFloat));
    return [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { transitionDuration, animationName, animationDuration } = getComputedStyle(element);
        return longest(transitionDuration) > 0 || (animationName !== 'none' && longest(animationDuration) > 0);
      })
      .map(({ outerHTML }) => outerHTML.slice(0, 120));
  });

test.describe('forced colors', () => {
  test('fields keep their edge, the focus its outline, and the current page its underline', async ({
    page,
    person,
    enter,
  }) => {
    await page.emulateMedia({ forcedColors: 'active' });
    await page.goto('/login');
    expect(await fieldsWithoutEdge(page)).toEqual([]);
    await expectVisibleFocus(page, 6);
    await enter(page, person);
    for (const path of ['/profile', '/profile/settings']) {
      await page.goto(path);
      await expect(headingOf(page)).toBeVisible();
      expect(await fieldsWithoutEdge(page), path).toEqual([]);
      await expect(page.locator('nav a[aria-current="page"]').first()).toHaveCSS('text-decoration-line', 'underline');
      await expectVisibleFocus(page, 12);
    }
  });

  asOperator('in the console as well', async ({ operator }) => {
    const { page } = await operator('admin');
    await page.emulateMedia({ forcedColors: 'active' });
    for (const path of [`${CONSOLE}/users`, `${CONSOLE}/settings`]) {
      await page.goto(path);
      await expect(headingOf(page)).toBeVisible();
      expect(await fieldsWithoutEdge(page), path).toEqual([]);
      await expect(page.locator('nav a[aria-current="page"]').first()).toHaveCSS('text-decoration-line', 'underline');
      await expectVisibleFocus(page, 12);
    }
  });
});

test('with reduced motion nothing moves, also in menus and dialogs', async ({ page, person, enter }) => {
  await enter(page, person);
  await page.goto('/profile');
  await expect(headingOf(page)).toBeVisible();
  expect(await moving(page), 'without the preference').not.toEqual([]);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await moving(page)).toEqual([]);
  await page.getByRole('button', { name: /Account menu/ }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  expect(await moving(page), 'the menu').toEqual([]);
  await page.keyboard.press('Escape');
  await page.goto('/profile/settings');
  await page.locator('main').getByRole('button', { name: 'Delete account' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  expect(await moving(page), 'the dialog').toEqual([]);
});
