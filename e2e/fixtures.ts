import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { test as base, type CDPSession, expect, type Page } from '@playwright/test';
import type axe from 'axe-core';
import Database from 'better-sqlite3';
import pg from 'pg';
import PostalMime from 'postal-mime';
import { sqliteFile } from '../lib/platform/db/sqlite-file.mjs';

/** Base of the stories: their own people, a mailbox, a virtual authenticator, and an admin API client. */
export { expect };

export type Person = { id: string; email: string; first: string; last: string };
type Traits = { email: string; name?: Record<string, string> };

type AdminApi = {
  clientId: string;
  clientSecret: string;
  call: (method: string, path: string, body?: unknown) => Promise<Response>;
  createPerson: (name?: { first?: string; last?: string }) => Promise<Person>;
};

export type Services = typeof import('./services');

export type Fixtures = {
  person: Person;
  /** Gives this page's browser a session of the person, without the sign-in pages. */
  enter: (page: Page, person: Pick<Person, 'id'>) => Promise<void>;
  /** Signs the person in by the mailed code, in this page. */
  signIn: (page: Page, person: Person) => Promise<void>;
  authenticator: Authenticator;
};

/** Each story has its own client address, as from a proxy. */
const someAddress = () => `10.${Array.from({ length: 3 }, () => Math.floor(Math.random() * 254) + 1).join('.')}`;

type Shared = { adminApi: AdminApi; services: Services };

export const test = base.extend<Fixtures, Shared>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
  extraHTTPHeaders: async ({}, use) => use({ 'x-forwarded-for': someAddress() }),
  services: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
    async ({}, use) => {
      const services: Services = await import(process.env.SIGNET_SERVICES ?? '');
      await use(services);
      await services.closeDb();
    },
    { scope: 'worker' },
  ],
  adminApi: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
    async ({}, use) => use(await connectAdminApi()),
    { scope: 'worker' },
  ],
  page: async ({ page }, use) => {
    const faults = watchFaults(page);
    await use(page);
    expect(faults).toEqual([]);
  },
  person: async ({ adminApi }, use) => use(await adminApi.createPerson({ first: 'Ada', last: 'Lovelace' })),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
  signIn: async ({}, use) => use(signInByCode),
  enter: async ({ services }, use) =>
    use(async (page, { id }) => page.context().addCookies([await services.openSession(id)])),
  authenticator: async ({ page }, use) => use(await addAuthenticator(page)),
});

/** Collects what fails any story: script errors, violations of the Content-Security-Policy, texts missing in the page. */
export function watchFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|hydrat|MISSING_MESSAGE|FORMATTING_ERROR|INVALID_MESSAGE/i.test(message.text()))
      faults.push(message.text());
  });
  return faults;
}

const origin = () => process.env.SIGNET_ORIGIN ?? '';
const run = promisify(execFile);

/** The command line, on the running server's data. */
export async function signet(...args: string[]): Promise<Record<string, string>> {
  const { stdout } = await run(process.execPath, ['build/cli.mjs', ...args, '--json'], { env: process.env });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');
}

async function connectAdminApi(): Promise<AdminApi> {
  const credential = await signet('api-credential', 'create', '--name', `Stories ${randomUUID()}`);
  const { client_id: clientId = '', client_secret: clientSecret = '', audience = '' } = credential;
  const answer = await fetch(`${origin()}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'openid', audience }),
  });
  const { access_token: token } = await answer.json();
  const call: AdminApi['call'] = (method, at, body) =>
    fetch(`${origin()}${at}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const createPerson: AdminApi['createPerson'] = async (name = {}) => {
    const traits: Traits = { email: `${randomUUID()}@example.com`, name: { ...name } };
    const response = await call('POST', '/admin/identities', { traits });
    if (response.status !== 201) throw new Error(`no person: ${response.status} ${await response.text()}`);
    return { id: (await response.json()).id, email: traits.email, first: name.first ?? '', last: name.last ?? '' };
  };
  return { clientId, clientSecret, call, createPerson };
}

type Mail = { recipients: string[]; subject: string; text: string; html: string };

/** Mails are never rewritten, so each is read once. */
const readMails = new Map<string, Mail>();

/** The mails kept for an address, oldest first; from the common server, or from another one's data folder. */
export async function mailsTo(address: string, dataDir = process.env.SIGNET_DATA_DIR ?? ''): Promise<Mail[]> {
  const dir = path.join(dataDir, 'mail');
  const files = (await readdir(dir).catch(() => [])).filter((name) => name.endsWith('.eml')).sort();
  const mails = await Promise.all(files.map((name) => readMail(path.join(dir, name))));
  return mails.filter(({ recipients }) => recipients.includes(address));
}

async function readMail(file: string): Promise<Mail> {
  const known = readMails.get(file);
  if (known) return known;
  const { to, subject = '', text = '', html = '' } = await PostalMime.parse(await readFile(file));
  const mail = { recipients: (to ?? []).map(({ address = '' }) => address), subject, text, html };
  readMails.set(file, mail);
  return mail;
}

/** Most mails are there within a few milliseconds. */
const SOON = { intervals: [10, 20, 50, 100] };

/** Waits for the `count`-th mail to an address. */
export async function mailTo(address: string, count = 1, dataDir?: string) {
  await expect
    .poll(async () => (await mailsTo(address, dataDir)).length, { message: `mail ${count} to ${address}`, ...SOON })
    .toBeGreaterThanOrEqual(count);
  const mail = (await mailsTo(address, dataDir))[count - 1];
  if (!mail) throw new Error('no mail');
  return mail;
}

/** The codes mailed to an address, oldest first. Other mails, such as notices, may arrive between them. */
export async function codesTo(address: string, dataDir?: string): Promise<string[]> {
  return (await mailsTo(address, dataDir)).map(codeIn).filter((code) => code !== '');
}

/** Waits for a code that was mailed after `earlier` others. */
export async function codeTo(address: string, earlier = 0, dataDir?: string): Promise<string> {
  await expect
    .poll(async () => (await codesTo(address, dataDir)).length, {
      message: `code ${earlier + 1} to ${address}`,
      ...SOON,
    })
    .toBeGreaterThan(earlier);
  return (await codesTo(address, dataDir)).at(-1) ?? '';
}

/** Requests and enters the code on the page of an invitation. */
export async function proveMailbox(page: Page, email: string, dataDir?: string): Promise<void> {
  const earlier = (await codesTo(email, dataDir)).length;
  await page.getByRole('button', { name: 'Email me a code' }).click();
  await page.getByRole('textbox', { name: 'Code' }).fill(await codeTo(email, earlier, dataDir));
  await page.keyboard.press('Enter');
}

export const codeIn = ({ text }: { text: string }) => text.match(/^\s*(\d{6})\s*$/m)?.[1] ?? '';
export const linkIn = ({ text }: { text: string }) =>
  text.match(/^\s*(https?:\/\/\S+\/login\/link\S*)\s*$/m)?.[1] ?? '';

async function signInByCode(page: Page, person: Person): Promise<void> {
  const earlier = (await codesTo(person.email)).length;
  if (!new URL(page.url(), origin()).pathname.startsWith('/login')) await page.goto('/login');
  await page.getByRole('textbox', { name: 'Email' }).fill(person.email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('textbox', { name: 'Code' }).fill(await codeTo(person.email, earlier));
  await page.keyboard.press('Enter');
  await expect(page).not.toHaveURL(/\/login/);
}

export type Authenticator = {
  id: string;
  cdp: CDPSession;
  credentials: () => Promise<number>;
  /** From now on the authenticator does (or does not) verify the user with finger, face or PIN. */
  setVerified: (isUserVerified: boolean) => Promise<void>;
};

/** A platform authenticator in the browser, with discoverable passkeys, that answers at once. */
export async function addAuthenticator(page: Page, { isSynced = false } = {}): Promise<Authenticator> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId: id } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      defaultBackupEligibility: isSynced,
      defaultBackupState: isSynced,
    },
  });
  return {
    id,
    cdp,
    credentials: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId: id })).credentials.length,
    setVerified: async (isUserVerified) => {
      await cdp.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified });
    },
  };
}

/** Puts a passkey of this person into an authenticator. */
export async function givePasskey(services: Services, { id, cdp }: Authenticator, identityId: string): Promise<void> {
  const credential = await services.registerPasskey(identityId);
  await cdp.send('WebAuthn.addCredential', { authenticatorId: id, credential });
}

/** Disables autofill, so that it does not start a ceremony before a button does. */
export async function withoutAutofill(page: Page): Promise<void> {
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
}

/** Backdates a person's sessions by an hour, so that sensitive actions require a fresh authentication. */
export async function ageSessions({ id }: Person): Promise<void> {
  const then = new Date(Date.now() - 60 * 60 * 1000);
  await changeRows('UPDATE "Session" SET "authenticatedAt" = $1 WHERE "identityId" = $2', then, id);
}

/** Writes into the running server's database, where only time would create the state. */
export async function changeRows(sql: string, ...values: Array<string | Date>): Promise<void> {
  const url = process.env.DATABASE_URL ?? '';
  const texts = values.map((value) => (value instanceof Date ? value.toISOString() : value));
  if (url.startsWith('file:')) {
    const database = new Database(sqliteFile(url), { timeout: 10_000 });
    database.prepare(sql).run(Object.fromEntries(texts.map((text, at) => [at + 1, text])));
    database.close();
    return;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql, texts);
  await client.end();
}

/**
 * The settled page has no fault that axe-core finds. Retries until it settles: during a color transition, or while
 * React replaces a title, the page briefly has faults that no one can see.
 */
export async function expectAccessible(page: Page, where = page.url()): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(() => accessibilityFaults(page), { message: where }).toEqual([]);
}

let axeSource = '';

async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
  axeSource ||= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(
      { exclude: ['[data-base-ui-focus-guard]'] },
      { resultTypes: ['violations'] },
    ),
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

/** WCAG 2.2, 1.4.10. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), page.url()).toBeLessThanOrEqual(
    0,
  );
}

/** The response to `leave` clears what the browser keeps. */
export async function expectCleared(page: Page, leave: () => Promise<void>): Promise<void> {
  const cleared = page.waitForResponse(async (response) => {
    // The browser removes the header from `headers()`.
    if (response.request().method() !== 'POST') return false;
    return (await response.allHeaders())['clear-site-data'] === '"cache", "storage"';
  });
  await leave();
  await cleared;
}

export const headingOf = (page: Page) => page.getByRole('heading', { level: 1 });
/** Next has an alert of its own, which announces page titles to screen readers. */
export const alertOf = (page: Page) => page.getByRole('main').getByRole('alert');
