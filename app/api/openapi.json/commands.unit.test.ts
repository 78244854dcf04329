import { expect, test } from 'vitest';
import { callsOf, toCurl } from '@/lib/api/openapi/render';
import { documentOf } from '../routes';

const ORIGIN = 'https://id.example.com';
const { document } = documentOf(ORIGIN);

test('every operation is shown as a command', () => {
  const tags = new Set(
    Object.values(document.paths).flatMap((methods) => Object.values(methods).map((call) => call.tags[0])),
  );
  const calls = [...tags].flatMap((tag) => callsOf(document, tag ?? ''));
  expect(calls.length).toBeGreaterThan(50);
  for (const call of calls) expect(toCurl(call, ORIGIN)).toContain(ORIGIN);
});

test('a call with a person’s access token sends it', () => {
  const [call] = callsOf(document, 'oauth2').filter(({ path, method }) => path === '/userinfo' && method === 'POST');
  expect(call && toCurl(call, ORIGIN)).toContain('Authorization: Bearer');
});
