import { expect, expectAccessible, test } from './fixtures';

/** The public API reference, generated from the OpenAPI document. */
for (const theme of ['light', 'dark'] as const) {
  test(`the reference is accessible: ${theme}`, async ({ page, context, baseURL: url = '' }) => {
    await context.addCookies([{ name: 'signet_theme', value: theme, url }]);
    await page.goto('/docs');
    await page.evaluate(() => {
      for (const each of document.querySelectorAll('article details')) each.setAttribute('open', '');
    });
    await expectAccessible(page);
  });
}

test('it shows the requirements, parameters and responses of a call; by keyboard, and from no other host', async ({
  page,
  baseURL,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  await page.goto('/docs');
  await page.getByRole('link', { name: 'Create an identity', exact: true }).press('Enter');
  await expect(page).toHaveURL(/#createIdentity$/);
  const call = page.getByRole('article', { name: 'Create an identity', exact: true });
  await expect(call).toBeInViewport();
  await expect(call).toContainText('Requires scope identities:write');
  await expect(call.getByText(`curl -X POST '${baseURL}/admin/identities'`)).toBeVisible();
  await call.getByText('Responses', { exact: true }).press('Enter');
  await expect(call.getByRole('list', { name: 'Responses of Create an identity' }).getByText('409')).toBeVisible();
  await call.getByRole('link', { name: 'Identity', exact: true }).click();
  await expect(page.getByRole('article', { name: 'Identity', exact: true })).toBeInViewport();
  expect([...new Set(asked)]).toEqual([baseURL]);
});

test('on a phone nothing is wider than the page, and the contents are collapsed', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto('/docs');
  await page.evaluate(() => {
    for (const each of document.querySelectorAll('article details')) each.setAttribute('open', '');
  });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.getByText('Contents').click();
  await page.getByRole('link', { name: 'Get an access token' }).click();
  await expect(page.getByRole('article', { name: 'Get an access token' })).toBeInViewport();
});

test('without script it shows the same', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  await page.goto('/docs');
  await page.getByRole('article', { name: 'Get an identity', exact: true }).getByText('Parameters').click();
  await expect(page.getByText('ID of the identity.', { exact: false }).first()).toBeVisible();
  await context.close();
});

test('the document is public, and answered 304 when unchanged', async ({ request }) => {
  const first = await request.get('/openapi.json');
  expect([first.status(), (await first.json()).openapi]).toEqual([200, '3.1.1']);
  const again = await request.get('/openapi.json', { headers: { 'if-none-match': first.headers().etag ?? '' } });
  expect(again.status()).toBe(304);
});
