import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { startDnsServer } from '@/testing/dns-server';
import { expectAccessible } from './fixtures';
import { expect, test } from './operator';

/** Pending domains and senders: the TXT record proves them, or an owner of the installation approves them. */
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const some = () => randomUUID().slice(0, 8);

test('a tenant proves a domain by DNS, and the owner of the installation approves a sender', async ({ operator }) => {
  test.slow(); // two browsers
  const [, port = '0'] = (process.env.SIGNET_DNS_SERVERS ?? '').split(':');
  const dns = await startDnsServer(Number(port));
  const host = await operator('owner');
  const organization = `tenant-${some()}`;
  await host.page.goto('/console/-/new-organization');
  await host.page.getByRole('textbox', { name: 'Name', exact: true }).fill(organization);
  await host.page.getByRole('button', { name: 'Create organization' }).click();
  await expect(host.page.getByRole('heading', { level: 1 })).toHaveText('Projects');

  const { page } = await operator('owner', organization);
  const project = `shop-${some()}`;
  const origin = `https://${project}.example.com`;
  await page.goto(`/console/${organization}/-/new-project`);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(project);
  await page.getByRole('textbox', { name: 'Domain' }).fill(origin);
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByText('This project has no domain yet')).toBeVisible();
  await page.goto(`/console/${organization}`);
  await expect(page.getByRole('row', { name: new RegExp(project) })).toContainText('No domain yet');

  await page.goto(`/console/${organization}/${project}/settings`);
  const domains = panel(page, 'Domains');
  const name = await domains.getByRole('textbox', { name: 'TXT record name' }).inputValue();
  expect(name).toBe(`_signet-challenge.${project}.example.com`);
  await expectAccessible(page);
  await domains.getByRole('button', { name: `Check now: ${origin}` }).click();
  await expect(domains.getByRole('alert').filter({ hasText: 'The record was not found' })).toBeVisible();
  dns.records.set(name, [await domains.getByRole('textbox', { name: 'Value' }).inputValue()]);
  await domains.getByRole('button', { name: `Check now: ${origin}` }).click();
  await expect(domains.getByRole('listitem').filter({ hasText: 'Primary' })).toContainText(origin);
  await expect(domains.getByRole('textbox', { name: 'Value' })).toHaveCount(0);

  const sender = `Bank <no-reply@${project}.bank.example>`;
  const mail = panel(page, 'Email');
  await mail.getByRole('textbox', { name: 'Sender' }).fill(sender);
  await mail.getByRole('button', { name: 'Save changes' }).click();
  await expect(mail.getByRole('listitem')).toContainText(sender);
  await expect(mail.getByRole('listitem')).toContainText('Not in use until');
  await expect(mail.getByRole('status').filter({ hasText: 'verify the domain of this sender' })).toBeVisible();
  await expect(mail.getByText('Your changes have been saved')).toHaveCount(0);

  await host.page.goto('/console/signet/-/settings');
  const review = panel(host.page, 'Domains of all projects');
  await expectAccessible(host.page);
  await review.getByRole('button', { name: `Approve ${sender} for ${organization}/${project}` }).click();
  await expect(review.getByText(sender)).toHaveCount(0);
  await page.reload();
  await expect(mail.getByRole('textbox', { name: 'Sender' })).toHaveValue(sender);
  await expect(mail.getByRole('listitem')).toHaveCount(0);
  dns.stop();
});
