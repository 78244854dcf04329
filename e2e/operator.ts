import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import {
  type Authenticator,
  addAuthenticator,
  test as base,
  expect,
  type Person,
  signet,
  watchFaults,
} from './fixtures';

/** What stories of the console stand on: operators, each with a role, a passkey and a browser of their own. */
export { expect };

/** The first project of the first organization, which every operator here works in. */
export const CONSOLE = '/console/signet/signet';

export type Role = 'owner' | 'admin' | 'viewer';

export type Operator = Person & {
  role: Role;
  /** Signed in; at their own profile. */
  page: Page;
  authenticator: Authenticator;
};

type Fixtures = {
  /** Makes an operator by an invitation. The browser closes with the story. */
  operator: (role?: Role) => Promise<Operator>;
};

export const test = base.extend<Fixtures>({
  operator: async ({ browser, adminApi }, use) => {
    const endings: Array<() => Promise<void>> = [];
    await use(async (role = 'admin') => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const faults = watchFaults(page);
      endings.push(async () => {
        await context.close();
        expect(faults).toEqual([]);
      });
      const authenticator = await addAuthenticator(page);
      const email = await join(page, role);
      const found = await adminApi.call('GET', `/admin/identities?credentials_identifier=${encodeURIComponent(email)}`);
      const [{ id }] = await found.json();
      return { id, email, first: 'Grace', last: 'Hopper', role, page, authenticator };
    });
    for (const end of endings) await end();
  },
});

/** Accepts an invitation as somebody new; resolves to the address it was for. */
async function join(page: Page, role: Role): Promise<string> {
  const email = `${randomUUID()}@example.com`;
  const { link = '' } = await signet('operator', 'invite', '--email', email, '--role', role);
  await page.goto(link);
  await page.getByRole('textbox', { name: 'First name' }).fill('Grace');
  await page.getByRole('textbox', { name: 'Last name' }).fill('Hopper');
  await page.getByRole('button', { name: 'Create a passkey and join' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Account & Security');
  return email;
}
