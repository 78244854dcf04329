import { gzipSync } from 'node:zlib';
import type { APIRequestContext } from '@playwright/test';
import { expect as expectPlain, test as plain } from './fixtures';
import { expect, test } from './operator';

/**
 * The size of a page on its first visit: the document uncompressed, its scripts with gzip. Independent of the machine.
 * Lower a limit when a page becomes smaller.
 */
type Size = { html: number; scripts: number };

async function measure(request: APIRequestContext, path: string): Promise<Size> {
  const html = await (await request.get(path, { headers: { accept: 'text/html' } })).text();
  const tags = [...html.matchAll(/<(?:script|link)\b[^>]*>/g)].map(([tag]) => tag);
  const urls = tags
    .filter((tag) => !/nomodule/i.test(tag))
    .flatMap((tag) => /(?:src|href)="(\/_next\/[^"]+\.js)"/.exec(tag)?.[1] ?? []);
  const files = await Promise.all([...new Set(urls)].map(async (url) => (await request.get(url)).body()));
  const size = {
    html: Buffer.byteLength(html) / 1000,
    scripts: files.reduce((sum, file) => sum + gzipSync(file).length, 0) / 1000,
  };
  console.log(`${path}: ${size.html.toFixed(1)} kB of HTML, ${size.scripts.toFixed(1)} kB of scripts`);
  return size;
}

plain('the sign-in page stays small', async ({ page }) => {
  const { html, scripts } = await measure(page.request, '/login');
  expectPlain(html).toBeLessThan(26);
  expectPlain(scripts).toBeLessThan(155.5);
});

plain('Account & Security with three passkeys stays small', async ({ page, person, enter, services }) => {
  for (const name of ['Laptop', 'Phone', 'Key']) await services.registerPasskey(person.id, name);
  await enter(page, person);
  const { html, scripts } = await measure(page.request, '/profile');
  expectPlain(html).toBeLessThan(48.5);
  expectPlain(scripts).toBeLessThan(161.5);
});

plain('Account settings stay small', async ({ page, person, enter }) => {
  await enter(page, person);
  const { html, scripts } = await measure(page.request, '/profile/settings');
  expectPlain(html).toBeLessThan(43);
  expectPlain(scripts).toBeLessThan(164);
});

test('a full page of users stays small', async ({ operator, services }) => {
  const { page, id } = await operator('viewer');
  // The page also lists API credentials, which other stories create in the first project.
  const { organization, project } = await services.makePopulated(id, 25);
  const { html, scripts } = await measure(page.request, `/console/${organization}/${project}/users`);
  expect(html).toBeLessThan(106);
  expect(scripts).toBeLessThan(164.5);
});
