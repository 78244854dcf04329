import { randomUUID } from 'node:crypto';
import type { Browser, Page } from '@playwright/test';
import { headingOf, watchFaults } from './fixtures';
import { expect } from './operator';

/** Organizations and projects created in the console, and parts of its pages. */
export const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const someName = () => `Acme ${randomUUID().slice(0, 8)}`;
const slugOf = (name: string) => name.toLowerCase().replace(' ', '-');

export type Place = { name: string; slug: string; path: string };

export async function newOrganization(page: Page): Promise<Place> {
  const name = someName();
  await page.goto('/console/-/new-organization');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('button', { name: 'Create organization' }).click();
  await expect(headingOf(page)).toHaveText('Projects');
  return { name, slug: slugOf(name), path: `/console/${slugOf(name)}` };
}

export async function newProject(page: Page, organization: Place): Promise<Place & { origin: string }> {
  const name = someName();
  await page.goto(`${organization.path}/-/new-project`);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await expect(page.getByRole('textbox', { name: 'URL name' })).toHaveValue(slugOf(name));
  await page.getByRole('button', { name: 'Create project' }).click();
  await page.waitForURL(`**${organization.path}/${slugOf(name)}`);
  const { port } = new URL(page.url());
  return {
    name,
    slug: slugOf(name),
    path: `${organization.path}/${slugOf(name)}`,
    origin: `http://${slugOf(name)}.localhost:${port}`,
  };
}

/** Another browser without a session. */
export async function elsewhere(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  watchFaults(page);
  return page;
}

export const save = (page: Page, section: string) =>
  panel(page, section).getByRole('button', { name: 'Save changes' }).click();
export const saved = (page: Page, section: string) =>
  expect(panel(page, section).getByText('Your changes have been saved')).toBeVisible();
