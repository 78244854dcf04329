import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { getFirstProject } from '@/lib/project/service';
import { json, signet } from '@/testing/command-line';
import { readEvents } from '@/testing/events';

let email: string;
let id: string;

beforeEach(async () => {
  email = `${newId()}@example.com`;
  ({ id } = await json('identity', 'create', '--email', email, '--first', 'Ada', '--last', 'Lovelace'));
});

test('get: finds by ID and by address, in any case', async () => {
  expect((await json('identity', 'get', id)).traits).toEqual({ email, name: { first: 'Ada', last: 'Lovelace' } });
  expect((await json('identity', 'get', email.toUpperCase())).id).toBe(id);
  expect(await signet('identity', 'get', 'nobody@example.com')).toEqual({
    code: 1,
    out: '',
    err: 'No identity with identifier nobody@example.com\n',
  });
});

test('list: filters by words and state, and continues after a page', async () => {
  const word = `w${newId()}`;
  const made: string[] = [];
  for (const first of ['One', 'Two', 'Three'])
    made.push((await json('identity', 'create', '--email', `${first}@${word}.example`, '--first', first)).id);
  await json('identity', 'deactivate', made[1] ?? '');
  const ids = async (...options: string[]) =>
    (await json('identity', 'list', '--query', word, ...options)).map((one: { id: string }) => one.id);
  expect(await ids()).toEqual(made);
  expect(await ids('--limit', '2')).toEqual(made.slice(0, 2));
  expect(await ids('--limit', '2', '--after', made[1] ?? '')).toEqual(made.slice(2));
  expect(await ids('--state', 'inactive')).toEqual([made[1]]);
  const { out } = await signet('identity', 'list', '--query', word, '--limit', '1');
  expect(out).toContain(`More results: add --after ${made[0]}`);
  expect((await signet('identity', 'list', '--limit', '0')).code).toBe(2);
});

test('update: changes only the given fields', async () => {
  const meta = JSON.stringify({ plan: 'gold' });
  const changed = await json(
    'identity',
    'update',
    id,
    '--first',
    'Augusta',
    '--external-id',
    id,
    '--metadata-admin',
    meta,
  );
  expect(changed).toMatchObject({
    traits: { email, name: { first: 'Augusta', last: 'Lovelace' } },
    external_id: id,
    metadata_admin: { plan: 'gold' },
  });
  const again = await json('identity', 'update', email, '--external-id', '');
  expect(again.external_id).toBeUndefined();
  expect(again.metadata_admin).toEqual({ plan: 'gold' });
});

test('update --patch: applies a JSON Patch as the admin API does, all or nothing', async () => {
  const patch = (operations: unknown) => signet('identity', 'update', id, '--patch', JSON.stringify(operations));
  const test = { op: 'test', path: '/traits/name/first', value: 'Grace' };
  expect((await patch([{ op: 'add', path: '/traits/name/first', value: 'Augusta' }, test])).code).toBe(1);
  expect((await json('identity', 'get', id)).traits.name.first).toBe('Ada');
  expect((await patch([{ op: 'replace', path: '/id', value: 'x' }])).code).toBe(1);
  expect((await patch([1])).err).toMatch(/^--patch: \/0 /);
  expect((await patch([{ op: 'remove', path: '/traits/name/last' }])).code).toBe(0);
  expect((await json('identity', 'get', id)).traits.name).toEqual({ first: 'Ada' });
  expect((await signet('identity', 'update', id, '--patch', '[]', '--first', 'x')).code).toBe(2);
  expect((await signet('identity', 'update', id, '--patch', '[')).code).toBe(2);
});

test('deactivate, activate, delete: record the command line as the actor', async () => {
  expect((await json('identity', 'deactivate', email)).state).toBe('inactive');
  expect((await json('identity', 'activate', email)).state).toBe('active');
  expect(await json('identity', 'delete', email)).toMatchObject({ id });
  expect((await signet('identity', 'get', id)).code).toBe(1);
  const events = (await readEvents((await getFirstProject()).id, 'identity.deleted')).filter(
    (one) => one.identityId === id,
  );
  expect(events).toMatchObject([{ actorKind: 'cli' }]);
});

test.each([
  { command: ['update', '--first', 'Grace'], type: 'identity.updated', pointer: '/traits/name/first' },
  {
    command: ['update', '--patch', '[{"op":"replace","path":"/state","value":"inactive"}]'],
    type: 'identity.updated',
    pointer: '/state',
  },
  { command: ['deactivate'], type: 'identity.updated', pointer: '/state' },
  { command: ['delete'], type: 'identity.deleted' },
])(
  '$command.0 --dry-run: shows what would change and changes nothing',
  async ({ command: [verb = '', ...options], type, pointer }) => {
    const before = await json('identity', 'get', id);
    const shown = await json('identity', verb, id, ...options, '--dry-run');
    expect(shown).toMatchObject({ dry_run: true, changes: [{ type, identity_id: id }] });
    expect(shown.changes[0].changes.map((change: { pointer: string }) => change.pointer)).toEqual(
      pointer ? [pointer] : [],
    );
    const { code, out } = await signet('identity', verb, id, ...options, '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('Dry run: nothing is changed.');
    expect(await json('identity', 'get', id)).toEqual(before);
  },
);

test('create --dry-run: creates nothing, and refuses an address in use', async () => {
  const { changes } = await json('identity', 'create', '--email', `new-${email}`, '--dry-run');
  expect(changes).toMatchObject([{ type: 'identity.created', identity_id: null }]);
  expect((await signet('identity', 'get', `new-${email}`)).code).toBe(1);
  expect((await signet('identity', 'create', '--email', email, '--dry-run')).code).toBe(1);
});

test('history and undo: list what can be undone, and undo it', async () => {
  await signet('identity', 'update', id, '--first', 'Eve');
  const [event] = await json('identity', 'history', id);
  expect(event).toMatchObject({ type: 'identity.updated', undo: { possible: true, obstacle: null } });
  expect((await json('identity', 'undo', email, event.id)).traits.name.first).toBe('Ada');
  const { out } = await signet('identity', 'history', id, '--limit', '2');
  expect(out).toMatch(/possible[\s\S]*undone[\s\S]*Older events: add --before/);
  expect(await signet('identity', 'undo', id, event.id)).toMatchObject({
    code: 1,
    err: expect.stringContaining('It has been undone already'),
  });
});

describe('the recycle bin', () => {
  beforeEach(async () => {
    await json('project', 'set-recycle-bin', '30');
  });

  test('delete, list --deleted and restore, by ID or former address', async () => {
    expect(await json('identity', 'delete', id)).toEqual({ id, purge_at: expect.any(String) });
    const [listed] = await json('identity', 'list', '--deleted', '--query', email);
    expect(listed).toMatchObject({ id, deleted_by: { type: 'cli', id: null }, passkey_count: 0 });
    const other = (await json('identity', 'create', '--email', email)).id;
    const refused = await signet('identity', 'restore', id);
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringContaining('/traits/email is used by another identity'),
    });
    await json('identity', 'delete', other);
    expect(await signet('identity', 'restore', email)).toMatchObject({ code: 1, err: expect.stringContaining(other) });
    const elsewhere = `other-${email}`;
    expect(await json('identity', 'restore', id, '--email', elsewhere)).toMatchObject({
      id,
      traits: { email: elsewhere },
    });
    expect(await json('identity', 'list', '--deleted', '--query', email)).toMatchObject([{ id: other }]);
  });

  test('purge and delete --purge delete permanently', async () => {
    await json('identity', 'delete', id);
    expect(await json('identity', 'purge', email)).toEqual({ id });
    expect(await json('identity', 'list', '--deleted', '--query', email)).toEqual([]);
    const other = (await json('identity', 'create', '--email', email)).id;
    expect(await json('identity', 'delete', other, '--purge')).toEqual({ id: other, purge_at: null });
    expect((await signet('identity', 'restore', other)).code).toBe(1);
  });

  test('set-recycle-bin accepts 0 to 365 days', async () => {
    expect(await json('project', 'set-recycle-bin', '0')).toMatchObject({ recycle_bin_days: 0 });
    expect(await json('identity', 'delete', id)).toEqual({ id, purge_at: null });
    for (const days of ['-1', '366', '1.5', 'x'])
      expect((await signet('project', 'set-recycle-bin', days)).code).toBeGreaterThan(0);
  });
});
