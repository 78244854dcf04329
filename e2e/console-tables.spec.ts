import type { Page } from '@playwright/test';
import { watchFaults } from './fixtures';
import { expect, test } from './operator';

/** Tables as they are rendered: nothing breaks, nothing is hidden without a sign, whatever the data and the width. */
const WIDTHS = [320, 768, 1024, 1440];

type Look = { faults: string[]; heights: number[] };

/** What the eye would find wrong with the tables of a page. */
async function look(page: Page): Promise<Look> {
  return page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
    const faults: string[] = [];
    const heights: number[] = [];
    for (const badge of document.querySelectorAll<HTMLElement>('table .badge')) {
      const { width, height } = badge.getBoundingClientRect();
      if (width > 0 && height > 26) faults.push(`badge "${badge.textContent}" is ${height} px high`);
    }
    for (const text of document.querySelectorAll<HTMLElement>('table .cut')) {
      const isCut = text.scrollWidth > text.clientWidth + 1;
      const title = text.closest('[title]')?.getAttribute('title') ?? '';
      if (isCut && !title.includes(text.textContent?.replaceAll(/[\u2066-\u2069]/g, '') ?? ''))
        faults.push(`"${text.textContent}" is cut without a title`);
    }
    for (const table of document.querySelectorAll('table')) {
      const region = table.parentElement as HTMLElement;
      if (region.clientWidth === 0) continue;
      if (region.scrollWidth > region.clientWidth + 1) {
        const edge = region.parentElement?.querySelector('[data-more="end"]');
        const isNamed = region.getAttribute('role') === 'group' && region.getAttribute('aria-label');
        if (!edge || edge.getBoundingClientRect().height < 20) faults.push('scrolls sideways without a sign');
        if (!isNamed || region.tabIndex !== 0) faults.push('scrolls sideways, but not from the keyboard');
      }
      for (const row of table.querySelectorAll('tbody tr')) heights.push(row.getBoundingClientRect().height);
    }
    if (document.documentElement.scrollWidth > window.innerWidth) faults.push('the page scrolls sideways');
    return { faults, heights };
  });
}

for (const [locale, isHostile] of [
  ['en', false],
  ['de', true],
  ['en', true],
] as const) {
  test(`tables stay whole with ${isHostile ? 'hostile' : 'ordinary'} data, ${locale}`, async ({
    operator,
    services,
  }) => {
    const { page, id } = await operator('admin');
    const { organization, project, ids } = await services.makeHostile(id, isHostile);
    await page.context().addCookies([{ name: 'signet_locale', value: locale, url: process.env.SIGNET_ORIGIN ?? '' }]);
    const base = `/console/${organization}/${project}`;
    const paths = {
      [`${base}/users`]: 1,
      [base]: 300,
      [`/console/${organization}`]: 300,
      [`${base}/audit-log`]: 60,
      [`${base}/schemas`]: 60,
      [`${base}/users/api-credentials`]: 1,
      [`${base}/settings`]: 300,
      [`/console/${organization}/-/operators`]: 40, // buttons wrap on a phone
      [`${base}/users/${ids[0]}/history`]: 300,
    };
    for (const [path, spread] of Object.entries(paths)) {
      await page.goto(path);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await expect(async () => expect((await look(page)).faults, `${path} at ${width}`).toEqual([])).toPass();
        const { heights } = await look(page);
        const uneven = Math.max(0, ...heights) - Math.min(...heights, Number.MAX_SAFE_INTEGER);
        if (heights.length > 0) expect(uneven, `heights of ${path} at ${width}`).toBeLessThanOrEqual(spread);
      }
    }
  });
}

test('chosen columns that do not fit scroll from the keyboard, with a sign at each edge', async ({
  operator,
  services,
}) => {
  const { page, id } = await operator('admin');
  const { organization, project } = await services.makeHostile(id, true);
  await page.setViewportSize({ width: 768, height: 900 });
  await page.goto(`/console/${organization}/${project}/users`);
  await page.getByRole('button', { name: 'Columns' }).press('Enter');
  const menu = page.getByRole('menu');
  await menu.getByRole('menuitemcheckbox', { name: 'Schema' }).press('Enter');
  await menu.getByRole('menuitemcheckbox', { name: 'External ID' }).press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'External ID' })).toBeAttached();
  await expect(page.locator('[data-more="end"]').first()).toBeVisible();
  const region = page.getByRole('group', { name: 'Users', exact: true });
  await region.focus();
  for (let at = 0; at < 60; at++) await page.keyboard.press('ArrowRight');
  await expect(page.locator('[data-more="start"]').first()).toBeVisible();
  await expect(page.locator('[data-more="end"]')).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'External ID' })).toBeAttached();
});

test('no page of the console shifts while it loads', async ({ operator, services }) => {
  const { page, id } = await operator('admin');
  const { organization, project, ids } = await services.makeHostile(id, false);
  const wide = await page.context().newPage();
  const faults = watchFaults(wide);
  await page.context().addInitScript(() => {
    const shifts = { total: 0 };
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Array<PerformanceEntry & { value: number; hadRecentInput: boolean }>)
        if (!entry.hadRecentInput) shifts.total += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const base = `/console/${organization}/${project}`;
  const paths = [
    base,
    '/users',
    '/users/jobs',
    '/users/recycle-bin',
    '/users/new',
    '/users/api-credentials',
    '/schemas',
    '/audit-log',
    '/settings',
    '/settings/webhooks',
  ]
    .map((path) => (path === base ? base : `${base}${path}`))
    .concat(['', '/traits', '/passkeys', '/sessions', '/history', '/raw'].map((tab) => `${base}/users/${ids[0]}${tab}`))
    .concat([
      `/console/${organization}`,
      `/console/${organization}/-/operators`,
      `/console/${organization}/-/settings`,
    ]);
  const expectNoShift = async (tab: Page, path: string) => {
    await tab.goto(path, { waitUntil: 'networkidle' });
    await expect(tab.getByRole('heading', { level: 1 })).toBeVisible();
    const total = await tab.evaluate(() => (window as unknown as { shifts: { total: number } }).shifts.total);
    expect(total, `${path} at ${tab.viewportSize()?.width}`).toBeLessThanOrEqual(0.05);
  };
  await page.setViewportSize({ width: 320, height: 900 });
  await wide.setViewportSize({ width: 1440, height: 900 });
  // Side by side, because most of the time is spent waiting for the network to become idle.
  for (const path of paths) await Promise.all([page, wide].map((tab) => expectNoShift(tab, path)));
  expect(faults).toEqual([]);
});
