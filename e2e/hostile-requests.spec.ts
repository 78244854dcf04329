import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { expect } from './fixtures';
import { type Installation, test } from './installation';

/** No request to a page or an action causes a server error: no 500, and no error in the log. */
type Sent = { method?: string; path: string; headers?: Record<string, string>; body?: string };

const ENCODED = encodeURIComponent;
const TREES = [
  ...['', 'x', '[]', '{}', 'null', '[""]', '["",{}]', '["",{"children":null}]', '%', '%ff', 'a'.repeat(41_000)],
  ...['["",{"children":["login",{"children":["__PAGE__",{}]}]}]', '["",{"children":["x",{},null,"refetch"]}]'].map(
    ENCODED,
  ),
  ENCODED('['.repeat(3000) + ']'.repeat(3000)),
];
const FLIGHT = [
  ...[
    '',
    '{}',
    '[',
    'null',
    '1',
    '["$1"]',
    '["$@0"]',
    '["$K1"]',
    '["$Q1"]',
    '["$h1"]',
    '["$F1"]',
    '["$i1"]',
    '["$B1"]',
  ],
  ...[
    '["$nx"]',
    '["$Dx"]',
    '["$1:__proto__:then"]',
    '["$1:constructor:constructor"]',
    '[{"then":"$1:then"}]',
    '["$r1"]',
  ],
  ...['{"__proto__":{"a":1}}', '["\\ud800"]', '["\u0000"]', '['.repeat(20_000), '['.repeat(5000) + ']'.repeat(5000)],
];
const FORM = 'multipart/form-data; boundary=xx';
const fieldOf = (name: string, value = '') =>
  `--xx\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

function requestsOf(origin: string, actions: Array<{ id: string; page: string }>): Sent[] {
  const pages = ['/login', '/profile', '/setup?token=x', '/console/a/b', '/nope', '/docs'];
  const trees = TREES.flatMap((tree) =>
    pages.map((path) => ({ path, headers: { rsc: '1', 'next-router-state-tree': tree } })),
  );
  const posted = actions.flatMap(({ id, page: path }, at): Sent[] => {
    const flight = FLIGHT[at % FLIGHT.length] ?? '';
    const headers = { origin, 'next-action': id };
    const post = (type: string, body: string, more: Record<string, string> = headers) => ({
      ...{ method: 'POST', path, body },
      headers: { ...more, 'content-type': type },
    });
    return [
      post('text/plain;charset=UTF-8', flight),
      post(FORM, `${fieldOf('then', flight)}${fieldOf('0', '["$K1"]')}--xx--\r\n`),
      post(FORM, fieldOf('0', flight)), // truncated
      post(FORM, `${fieldOf(`$ACTION_ID_${id}`)}--xx--\r\n`, { origin }),
      post(FORM, `${fieldOf('$ACTION_REF_1')}${fieldOf('$ACTION_1:0', flight)}--xx--\r\n`, { origin }),
      post(FORM, '--xx\r\n\r\n', { origin }),
      post('multipart/form-data', 'x'),
      post('application/json', flight),
      post('text/plain', 'x'.repeat(1_100_000)),
    ];
  });
  const ids = ['', 'x', '__proto__', `7f${'0'.repeat(40)}`, 'z'.repeat(42), '\xe9', 'a'.repeat(5000)].map((id) => ({
    ...{ method: 'POST', path: '/login', body: '[]' },
    headers: { origin, 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' },
  }));
  const named = [
    '/_global-error',
    '/_not-found',
    '/_error',
    '/404',
    '/500',
    '/login?return_to=%E4%BD%A0',
    '/login?token=%ff',
  ];
  const odd = {
    cookie: 'signet_locale=%ff; =; __proto__=x; \xe9',
    'accept-language': '\xe9;q=x',
    range: 'bytes=5-1',
    accept: '',
  };
  return [...trees, ...posted, ...ids, ...[...named, ...pages].map((path) => ({ path, headers: odd }))];
}

function statusOf({ port }: Installation, { method = 'GET', path, headers = {}, body }: Sent): Promise<number> {
  return new Promise((resolve, reject) => {
    const all = { host: `localhost:${port}`, ...headers };
    const outgoing = httpRequest({ host: '127.0.0.1', port, method, path, headers: all, agent: false });
    outgoing.on('response', (answer) => answer.resume().on('end', () => resolve(answer.statusCode ?? 0)));
    outgoing.on('error', reject).end(body);
  });
}

test('no request causes a server error', async ({ installation }) => {
  test.slow();
  await installation.start();
  const manifest = JSON.parse(readFileSync('.next-test/server/server-reference-manifest.json', 'utf8'));
  const actions = Object.entries<{ workers: object }>(manifest.node).map(([id, { workers }]) => {
    const page = (Object.keys(workers)[0] ?? '').replace(/^app/, '').replace(/\/page$/, '');
    return { id, page: page.replace(/\/\([^)]*\)/g, '').replace(/\[[^\]]+\]/g, 'x') || '/' };
  });
  const failed: unknown[] = [];
  for (const sent of requestsOf(installation.origin, actions)) {
    const status = await statusOf(installation, sent);
    if (status >= 500) failed.push([status, sent.method, sent.path, sent.headers, sent.body?.slice(0, 200)]);
  }
  expect(failed).toEqual([]);
  const printed = installation.printed().split('\n');
  expect(printed.filter((line) => /"level":"(error|warn)"/.test(line))).toEqual([]);
  expect(printed.filter((line) => !line.startsWith('{') && /Error|at .*\.js/.test(line))).toEqual([]);
});
