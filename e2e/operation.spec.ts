import { readdir, readFile } from 'node:fs/promises';
import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import path from 'node:path';
import type { Page } from '@playwright/test';
import pg from 'pg';
import { startPostgres } from '@/scripts/lib/postgres.mjs';
import { expect } from './fixtures';
import { type Installation, test } from './installation';

/** The process when asked to stop, and when its database does not respond. */
type Answer = { status: number; headers: IncomingMessage['headers']; body: string };

function answerOf(outgoing: ClientRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    outgoing.on('error', reject).on('response', (incoming) => {
      let body = '';
      incoming.on('data', (chunk) => {
        body += chunk;
      });
      incoming.on('error', reject);
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body }));
    });
  });
}

const linesOf = (installation: Installation): Array<Record<string, unknown>> =>
  installation
    .printed()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

test.describe('asked to stop under load', () => {
  test('it accepts no new request, finishes pending ones, and exits cleanly', async ({ installation }) => {
    test.slow();
    await installation.start();
    const { port } = installation;
    const created = JSON.parse(await installation.signet('api-credential', 'create', '--name', 'Load', '--json'));
    const authorization = `Basic ${Buffer.from(`${created.client_id}:${created.client_secret}`).toString('base64')}`;

    let isFinished = false;
    const halves: unknown[] = [];
    const visit = async () => {
      while (!isFinished) {
        const outgoing = httpRequest({
          port,
          host: '127.0.0.1',
          path: '/login',
          agent: false,
          headers: { host: `localhost:${port}` },
        });
        let isBegun = false;
        outgoing.on('response', () => {
          isBegun = true;
        });
        const page = answerOf(outgoing.end());
        const outcome = await page.then(
          ({ status, body }) => (status === 200 && body.endsWith('</html>') ? 'whole' : { status, body }),
          (error) => (isBegun ? error : 'refused'),
        );
        if (outcome === 'refused') return;
        if (outcome !== 'whole') halves.push(outcome);
      }
    };
    const visitors = Array.from({ length: 4 }, visit);

    // Certainly pending: the server reports that it waits for their bodies.
    const waiting = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const outgoing = httpRequest({
          port,
          host: '127.0.0.1',
          path: '/oauth2/token',
          method: 'POST',
          agent: false,
          headers: {
            host: `localhost:${port}`,
            authorization,
            expect: '100-continue',
            'content-type': 'application/x-www-form-urlencoded',
          },
        });
        const answer = answerOf(outgoing);
        outgoing.flushHeaders();
        await new Promise((resolve) => outgoing.once('continue', resolve));
        return { outgoing, answer };
      }),
    );
    const stopped = installation.stop();
    await expect.poll(() => linesOf(installation).some(({ message }) => message === 'shutting down')).toBe(true);
    await expect
      .poll(() => fetch(`http://127.0.0.1:${port}/health/alive`).then(String, (error) => error.cause?.code))
      .toBe('ECONNREFUSED');
    for (const { outgoing } of waiting) outgoing.end('grant_type=client_credentials');
    for (const { answer } of waiting) {
      const { status, headers, body } = await answer;
      expect([status, headers.connection, JSON.parse(body).token_type]).toEqual([200, 'close', 'bearer']);
    }
    expect(await stopped).toBe(0);
    isFinished = true;
    await Promise.all(visitors);
    expect(halves).toEqual([]);
    expect(linesOf(installation).filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('it reports itself not ready first, and serves until load balancers have noticed', async ({ installation }) => {
    await installation.start(undefined, { SIGNET_SHUTDOWN_DELAY: '600' });
    const { port } = installation;
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const get = (path: string) => {
      const headers = { host: `localhost:${port}` };
      return answerOf(httpRequest({ port, host: '127.0.0.1', path, agent, headers }).end());
    };
    expect((await get('/health/ready')).headers.connection).toBe('keep-alive');
    const stopped = installation.stop();
    await expect.poll(async () => (await get('/health/ready')).status).toBe(503);
    for (let round = 0; round < 3; round++) {
      const { status, headers, body } = await get('/login');
      expect([status, headers.connection, body.endsWith('</html>')]).toEqual([200, 'close', true]);
    }
    await installation.stop(); // a second signal: it waits no longer
    expect(await stopped).toBe(0);
    await expect(get('/health/alive')).rejects.toThrow('ECONNREFUSED');
  });
});

test.describe('without a database', () => {
  /** The code in the only mail sent. */
  async function mailedCode(dir: string): Promise<string> {
    const folder = path.join(dir, 'mail');
    const mails = async () => (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
    await expect.poll(async () => (await mails()).length).toBe(1);
    const text = await readFile(path.join(folder, (await mails())[0] ?? ''), 'utf8');
    return text.match(/^(\d{6})\r?$/m)?.[1] ?? '';
  }

  const unavailable = (status: number, retryAfter: string | null | undefined) =>
    expect([status, retryAfter]).toEqual([503, '5']);
  /** Checks the response to a form without scripts. */
  async function expectRefused(page: Page, button: string, words: string): Promise<void> {
    const posted = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.getByRole('button', { name: button }).click();
    const answer = await posted;
    unavailable(answer.status(), answer.headers()['retry-after']);
    await expect(page.getByText(words).first()).toBeVisible();
  }

  test('pages, forms without scripts and API clients are asked to retry later', async ({ installation, browser }) => {
    test.slow();
    const postgres = await startPostgres();
    const elsewhere = new pg.Client({ connectionString: postgres.url() });
    await installation.start(`${postgres.url()}?statement_timeout=300`);
    await elsewhere.connect();
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const { origin, dir } = installation;
    const ask = async () => {
      await page.goto(`${origin}/login`);
      await page.getByRole('textbox', { name: 'Email' }).fill('ada@example.com');
    };
    await installation.signet('identity', 'create', '--email', 'ada@example.com');

    await ask();
    await elsewhere.query('BEGIN; LOCK TABLE "RateLimit", "Verification", "ApiCredential"');
    await expectRefused(page, 'Continue', 'The service is busy');
    const token = await fetch(`${origin}/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    unavailable(token.status, token.headers.get('retry-after'));
    await elsewhere.query('ROLLBACK');

    await ask();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('textbox', { name: 'Code' }).fill(await mailedCode(dir));
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/profile/);

    await elsewhere.query('BEGIN; LOCK TABLE "Passkey"');
    const profile = await page.goto(`${origin}/profile`);
    unavailable(profile?.status() ?? 0, profile?.headers()['retry-after']);
    await elsewhere.query('ROLLBACK; BEGIN; LOCK TABLE "Invitation"');
    const link = `${origin}/setup?token=${'A'.repeat(43)}`;
    const inLog = (requestId: string | null) =>
      linesOf(installation).find((line) => line.message === 'database unavailable' && line.request_id === requestId);
    // One line per second is logged, so the first of these may be missing.
    let rendered: Response;
    do {
      rendered = await fetch(link, { headers: { accept: 'text/html' } });
      unavailable(rendered.status, rendered.headers.get('retry-after'));
      expect(await rendered.text()).toContain('Something went wrong on our end');
    } while (!inLog(rendered.headers.get('x-request-id')));
    const trouble = inLog(rendered.headers.get('x-request-id'));
    await elsewhere.query('ROLLBACK');
    await page.goto(`${origin}/profile`);
    await page.getByRole('button', { name: /^Account menu/ }).click();
    await elsewhere.query('BEGIN; LOCK TABLE "Session"');
    await expectRefused(page, 'Sign out', 'The service is busy');
    await elsewhere.query('ROLLBACK');
    await elsewhere.end();
    await page.goto(`${origin}/profile`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Account & Security');
    await context.close();

    // The log contains the reference shown to the person, and none of the submitted data.
    const requests = linesOf(installation).filter(({ message }) => message === 'request');
    expect(requests.filter(({ status }) => status === 500)).toEqual([]);
    expect(trouble).toMatchObject({ code: 'P2039', route: '/setup', kind: 'render', digest: expect.any(String) });
    expect(JSON.stringify(linesOf(installation))).not.toMatch(/A{43}|canceling statement|ada@example\.com/);

    await postgres.stop();
    const gone = await fetch(`${origin}/login`, { headers: { accept: 'text/html' } });
    unavailable(gone.status, gone.headers.get('retry-after'));
    expect((await fetch(`${origin}/health/ready`)).status).toBe(503);
    expect(await installation.stop()).toBe(0);
  });
});
