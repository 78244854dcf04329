import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '@/lib/platform/errors';
import { processWide } from '@/lib/platform/process-wide';
import { portOf, reportRequest, type Serve, startFront } from '@/testing/front';
import { reportRequestError } from '../http/outage';
import { createFront } from './front';

let front: Awaited<ReturnType<typeof startFront>>;
beforeAll(async () => {
  front = await startFront();
});
afterEach(() => front.reset());
afterAll(() => void front.server.close());

describe('an outage that Next reports', () => {
  const NO_CONNECTION = Object.assign(new Error('no connection'), { code: 'P2024', digest: '42' });
  const tell = (error: unknown, headers: Record<string, string | string[] | undefined>) =>
    reportRequestError(
      error,
      { path: '/', method: 'GET', headers },
      { routerKind: 'App Router', routePath: '/', routeType: 'render', revalidateReason: undefined },
    );
  const afterwards = () => processWide('outages', () => new Map());

  test.each([
    ['its own error page', NO_CONNECTION, 500, '5'],
    ['a page it had begun as a success', NO_CONNECTION, 200, '5'],
    ['a refusal of ours', new AppError('overloaded', { retryAfterSeconds: 1 }), 500, '1'],
  ])('is 503 with Retry-After, not %s', async (_, error, status, retryAfter) => {
    front.serve = async ({ headers }, response) => {
      await tell(error, headers);
      response.setHeader('content-type', 'text/x-page');
      response.writeHead(status, 'Words of its own').end('the page');
    };
    const answer = await front.get('/profile');
    expect([answer.status, answer.headers['retry-after'], answer.body]).toEqual([503, retryAfter, 'the page']);
    expect(answer.headers['content-type']).toBe('text/x-page');
    await expect.poll(() => afterwards()?.size).toBe(0);
  });

  test('is 503 also when the head is written implicitly', async () => {
    front.serve = async ({ headers }, response) => {
      await tell(NO_CONNECTION, headers);
      response.setHeader('content-type', 'text/html');
      response.statusCode = 500;
      response.write('the ');
      response.end('page');
    };
    expect(await front.get('/profile')).toMatchObject({ status: 503, body: 'the page' });
  });

  test('changes no other response, error or request', async () => {
    const answers: Array<[unknown, number]> = [
      [NO_CONNECTION, 303],
      [NO_CONNECTION, 404],
      [new Error('something else'), 500],
      [new AppError('internal'), 500],
    ];
    for (const [error, status] of answers) {
      front.serve = async ({ headers }, response) => {
        await tell(error, headers);
        response.writeHead(status).end();
      };
      const answer = await front.get('/profile');
      expect([answer.status, answer.headers['retry-after']]).toEqual([status, undefined]);
    }
    front.serve = async (_, response) => {
      await tell(NO_CONNECTION, { 'x-request-id': 'unknown' });
      await tell(NO_CONNECTION, {});
      response.writeHead(500).end();
    };
    expect((await front.get('/profile')).status).toBe(500);
    await expect.poll(() => afterwards()?.size).toBe(0);
  });

  test.each([
    ['forbidden', 403],
    ['unauthenticated', 401],
    ['rate_limited', 429],
  ] as const)('a refusal is sent with its own status: %s', async (code, status) => {
    front.serve = async ({ headers }, response) => {
      await tell(new AppError(code), headers);
      response.writeHead(500).end();
    };
    expect((await front.get('/profile')).status).toBe(status);
  });

  test('is forgotten when the client disconnects before the response', async () => {
    front.serve = async (request) => {
      await tell(NO_CONNECTION, request.headers);
      request.socket.destroy();
    };
    await expect(front.get('/profile')).rejects.toThrow();
    await expect.poll(() => afterwards()?.size).toBe(0);
  });
});

describe('bare text from Next', () => {
  const bare: Serve = async (_, response) => {
    response.statusCode = 500;
    response.setHeader('content-type', 'text/plain');
    response.setHeader('content-length', 21);
    response.end('Internal Server Error');
  };

  test.each([
    ['at once', bare],
    [
      'after the head',
      async (_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(500);
        response.write('Internal ');
        response.end('Server Error');
      },
    ],
  ])('becomes a page for people: %s', async (_, answers) => {
    front.serve = answers;
    const { status, headers, body } = await front.get('/profile', { 'accept-language': 'de' });
    expect([status, headers['content-type'], headers['x-request-id']]).toEqual([
      500,
      'text/html; charset=utf-8',
      expect.stringMatching(/^[0-9a-f-]{36}$/),
    ]);
    expect(body).toContain('<html lang="de" dir="ltr">');
    expect(body).toContain(headers['x-request-id']);
    expect(body).not.toContain('Internal');
  });

  test('is passed on to programs', async () => {
    front.serve = bare;
    expect(await front.get('/admin/identities')).toMatchObject({ status: 500, body: 'Internal Server Error' });
  });
});

describe('an unexpected error', () => {
  test.each([
    ['while serving', '/profile', 500],
    ['while serving a program', '/admin/identities', 500],
  ])('is 500: %s', async (_, path, status) => {
    front.serve = () => Promise.reject(new Error('unforeseen'));
    expect((await front.get(path)).status).toBe(status);
  });

  test('is 500 also when no refusal can be built, and the listener does not reject', async () => {
    const rejections: unknown[] = [];
    const listen = createFront({
      serve: reportRequest,
      isDevelopment: false,
      trustedProxies: [],
      consoleOrigin: front.origin,
      isStopping: () => false,
    });
    const other = createServer((request, response) => {
      const { writeHead } = response;
      response.writeHead = () => {
        response.writeHead = writeHead;
        throw new Error('unforeseen');
      };
      listen(request, response).catch((error: unknown) => rejections.push(error));
    });
    await new Promise<void>((resolve) => other.listen(0, resolve));
    const answer = await fetch(`http://127.0.0.1:${portOf(other)}/profile`);
    other.close();
    expect([answer.status, rejections]).toEqual([500, []]);
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
  });

  test('closes the connection once a response has begun', async () => {
    front.serve = async (_, response) => {
      response.write('half a page');
      throw new Error('unforeseen');
    };
    await expect(front.get('/profile')).rejects.toThrow();
  });
});
