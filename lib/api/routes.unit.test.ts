import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { allowOf, ROUTES } from './routes';

test('the table has each row of each file once', async () => {
  const dir = path.join(import.meta.dirname, 'routes');
  const files: Record<string, object>[] = await Promise.all(
    readdirSync(dir).map((file) => import(path.join(dir, file))),
  );
  const parts = files.flatMap((file) => Object.entries(file).filter(([name]) => name.endsWith('Routes')));
  const rows = parts.flatMap(([, part]) => Object.keys(part));
  expect(Object.keys(ROUTES).sort()).toEqual(rows.sort());
});

test('Allow lists the methods of a template in order', () => {
  expect(allowOf('/admin/identities/{id}')).toBe('GET, HEAD, PUT, PATCH, DELETE');
  expect(allowOf('/oauth2/token')).toBe('POST');
});
