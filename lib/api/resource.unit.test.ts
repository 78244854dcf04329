import { describe, expect, test } from 'vitest';
import { empty } from '../http/answer';
import { handle } from './handle';
import { handlePublic } from './handle-public';
import { mount, type Resources } from './mount';
import { resource } from './resource';

const answer = async () => empty(200);
const getSession = handle('GET /admin/sessions/{id}', {}, answer);
const deleteSession = handle('DELETE /admin/sessions/{id}', {}, answer);

/** Each line that must not compile is marked; if it compiles, type checking fails. */
describe('the compiler refuses', () => {
  test('an edge that does not fit the row', () => {
    // @ts-expect-error needs a token
    handlePublic('GET /admin/sessions', {}, answer);
    // @ts-expect-error is public
    expect(handle('GET /schemas', {}, answer)).toBeDefined();
    // @ts-expect-error a POST goes through the edge with Idempotency-Key
    expect(handle('POST /admin/schemas', {}, answer)).toBeDefined();
  });

  test('a row without a handler, and a handler without a row', () => {
    // @ts-expect-error DELETE is missing
    resource({ GET: getSession });
    // @ts-expect-error PUT has no row
    resource({ GET: getSession, DELETE: deleteSession, PUT: getSession });
    // @ts-expect-error a bare function belongs to no row
    expect(() => resource({ GET: answer })).toThrow();
  });

  test('a handler under another method', () => {
    // @ts-expect-error handlers are swapped
    expect(resource({ GET: deleteSession, DELETE: getSession })).toBeDefined();
  });

  test('a file under another template, and a table that lacks a file', () => {
    const session = resource({ GET: getSession, DELETE: deleteSession });
    const mixed = resource({ GET: handle('GET /admin/sessions', {}, answer), DELETE: deleteSession });
    const right: Partial<Resources> = { '/admin/sessions/{id}': session };
    // @ts-expect-error another template
    const other: Partial<Resources> = { '/admin/sessions': session };
    // @ts-expect-error handlers of two templates
    const two: Partial<Resources> = { '/admin/sessions': mixed };
    expect([right, other, two]).toHaveLength(3);
    // @ts-expect-error the others are missing
    expect(mount({ '/admin/sessions/{id}': session }).map(({ method }) => method)).toEqual(['GET', 'DELETE']);
  });
});
