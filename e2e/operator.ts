import type { Page } from '@playwright/test';
import {
  type Authenticator,
  addAuthenticator,
  test as base,
  expect,
  givePasskey,
  type Person,
  watchFaults,
} from './fixtures';

/** Base of the console stories: operators, each with a role, a passkey and their own browser. */
export { expect };

/** The first project of the first organization, in which every operator here works. */
export const CONSOLE = '/console/signet/signet';

export type Role = 'owner' | 'admin' | 'viewer';

export type Operator = Person & {
  role: Role;
  /** Signed in, on no page yet. */
  page: Page;
  authenticator: Authenticator;
};

type Fixtures = {
  /** Creates an operator of the first organization, or of another one. The browser closes with the story. */
  operator: (role?: Role, organization?: string) => Promise<Operator>;
};

export const test = base.extend<Fixtures>({
  operator: async ({ browser, services, enter }, use) => {
    const endings: Array<() => Promise<void>> = [];
    await use(async (role = 'admin', organization) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const faults = watchFaults(page);
      endings.push(async () => {
        await context.close();
        expect(faults).toEqual([]);
      });
      const { id, email } = await services.makeOperator(role, organization);
      const authenticator = await addAuthenticator(page);
      await givePasskey(services, authenticator, id);
      await enter(page, { id });
      return { id, email, first: 'Grace', last: 'Hopper', role, page, authenticator };
    });
    for (const end of endings) await end();
  },
});
