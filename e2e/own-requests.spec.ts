import { request as httpRequest } from 'node:http';
import { createServer } from 'node:net';
import type { Request } from '@playwright/test';
import { expect } from './fixtures';
import { test } from './installation';

/**
 * After an action redirects, the browser requests the page. The server requests nothing itself, whatever a client
 * sends.
 */
test('an action that redirects causes no request by the server', async ({ page, installation }) => {
  await installation.start();
  await installation.signet('identity', 'create', '--email', 'ada@example.com');
  const { origin, port } = installation;
  const asked: Request[] = [];
  page.on('request', (request) => void (new URL(request.url()).pathname === '/login' && asked.push(request)));
  await page.goto(`${origin}/login`);
  await page.evaluate(() => Object.assign(window, { isSameDocument: true }));
  await page.getByRole('textbox', { name: 'Email' }).fill('ada@example.com');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('textbox', { name: 'Code' })).toBeFocused();
  const action = asked.find((request) => /^multipart/.test(request.headers()['content-type'] ?? ''));
  expect(action?.headers()['next-action']).toBeTruthy();
  expect(await page.evaluate(() => 'isSameDocument' in window)).toBe(true);

  let connections = 0;
  const trap = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  const address = trap.address();
  const elsewhere = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  /** Repeats the browser's request with other headers and another return path. */
  const replay = async (changes: Record<string, string>, returnTo = '/profile') => {
    const form = new FormData();
    form.append('_1_email', 'ada@example.com');
    form.append('_1_return_to', returnTo);
    form.append('0', '[{"email":"","failure":null},"$K1"]');
    const encoded = new Request(origin, { method: 'POST', body: form });
    const body = Buffer.from(await encoded.arrayBuffer());
    const headers: Record<string, string> = {
      host: `localhost:${port}`,
      origin,
      'next-action': action?.headers()['next-action'] ?? '',
      'content-type': encoded.headers.get('content-type') ?? '',
      accept: 'text/x-component',
      ...changes,
    };
    return new Promise<string | number>((resolve, reject) => {
      const outgoing = httpRequest({ host: '127.0.0.1', port, path: '/login', method: 'POST', headers, agent: false });
      outgoing.on('response', (answer) => {
        const { statusCode = 0, headers } = answer.resume();
        resolve(headers['x-action-redirect'] ? 'redirects' : statusCode);
      });
      outgoing.on('error', reject).end(body);
    });
  };
  expect(await replay({})).toBe('redirects');
  for (const to of [`http://${elsewhere}/`, `//${elsewhere}/`]) expect(await replay({}, to)).toBe('redirects');
  // A trusted proxy may name the host: one without a project is refused.
  for (const name of ['host', 'x-forwarded-host']) expect(await replay({ [name]: elsewhere })).toBe(421);
  expect(await replay({ 'x-forwarded-proto': `http://${elsewhere}/`, forwarded: `host=${elsewhere}` })).toBe(
    'redirects',
  );
  for (const name of ['x-signet-context', 'x-matched-path', 'x-middleware-rewrite', 'x-invoke-path', 'next-url'])
    expect(await replay({ [name]: `http://${elsewhere}/` })).toBe('redirects');
  trap.close();
  expect(connections).toBe(0);
  const logged = (method: string) =>
    installation
      .printed()
      .split('\n')
      .filter((line) => line.includes('"path":"/login"') && line.includes(`"method":"${method}"`)).length;
  const byBrowser = (method: string) => asked.filter((request) => request.method() === method).length;
  // The browser's requests, of which some follow later, and those sent by hand, and no others.
  const others = () => ({ GET: logged('GET') - byBrowser('GET'), POST: logged('POST') - byBrowser('POST') });
  await expect.poll(others).toEqual({ GET: 0, POST: 11 });
});
