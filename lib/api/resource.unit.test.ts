import { describe, expect, test } from 'vitest';
import { handle } from './handle';
import { handlePublic } from './handle-public';
import { mount, type Resources } from './mount';
import { resource } from './resource';

const answer = async () => new Response();
const getSession = handle('GET /admin/sessions/{id}', {}, answer);
const deleteSession = handle('DELETE /admin/sessions/{id}', {}, answer);

/** Each line that the compiler must refuse says so; one that it would take fails the check of types. */
describe('the compiler refuses', () => {
  test('an edge that the row is not for', () => {
    // @ts-expect-error it needs a token
    handlePublic('GET /admin/sessions', {}, answer);
    // @ts-expect-error it is public
    expect(handle('GET /schemas', {}, answer)).toBeDefined();
    // @ts-expect-error a POST goes through the edge with Idempotency-Key
    expect(handle('POST /admin/schemas', {}, answer)).toBeDefined();
  });

  test('a row without its handler, and a handler without its row', () => {
    // @ts-expect-error DELETE is missing
    resource({ GET: getSession });
    // @ts-expect-error PUT has no row
    resource({ GET: getSession, DELETE: deleteSession, PUT: getSession });
    // @ts-expect-error a bare function has no row
    expect(() => resource({ GET: answer })).toThrow();
  });

  test('a handler under another method', () => {
    // @ts-expect-error they are exchanged
    expect(resource({ GET: deleteSession, DELETE: getSession })).toBeDefined();
  });

  test('a file under another template, and a table without one of its files', () => {
    const session = resource({ GET: getSession, DELETE: deleteSession });
    const mixed = resource({ GET: handle('GET /admin/sessions', {}, answer), DELETE: deleteSession });
    const right: Partial<Resources> = { '/admin/sessions/{id}': session };
    // @ts-expect-error another template
    const other: Partial<Resources> = { '/admin/sessions': session };
    // @ts-expect-error handlers of two templates
    const two: Partial<Resources> = { '/admin/sessions': mixed };
    expect([right, other, two]).toHaveLength(3);
    // @ts-expect-error all others are missing
    expect(mount({ '/admin/sessions/{id}': session }).map(({ method }) => method)).toEqual(['GET', 'DELETE']);
  });
});
