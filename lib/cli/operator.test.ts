import { describe, expect, test } from 'vitest';
import { listPasskeys } from '@/lib/credential/service';
import { emailOf } from '@/lib/identity/model';
import { db } from '@/lib/platform/db/client';
import { ensureFirstProject } from '@/lib/project/service';
import { json, signet } from '@/testing/command-line';
import { makeOperator } from '@/testing/operators';
import { signInByPasskey } from '@/testing/people';

describe('operator set-role', () => {
  test('lists what a higher role removes, and removes it once confirmed', async () => {
    const project = await ensureFirstProject('http://localhost:3000');
    await makeOperator(project, 'owner');
    const viewer = await makeOperator(project, 'viewer');
    const email = emailOf(viewer) ?? '';
    const { session } = await signInByPasskey(project, viewer);
    const [passkey] = await listPasskeys(project.id, viewer.id);
    await (await db()).passkey.update({ where: { id: session.passkeyId ?? '' }, data: { addedBy: 'unknown' } });
    const refused = await signet('operator', 'set-role', email, 'admin');
    expect([refused.code, refused.out]).toEqual([1, '']);
    expect(refused.err).toContain(`the passkey "${passkey?.name}", added 20`);
    expect(refused.err).toContain(`--remove ${passkey?.id}`);
    expect(await listPasskeys(project.id, viewer.id)).toHaveLength(1);
    const id = passkey?.id ?? '';
    expect(await json('operator', 'set-role', email, 'admin', '--remove', id)).toMatchObject({ role: 'admin' });
    expect(await listPasskeys(project.id, viewer.id)).toEqual([]);
    const surplus = await signet('operator', 'set-role', email, 'owner', '--remove', id);
    expect([surplus.code, surplus.err]).toEqual([1, expect.stringContaining('Omit --remove')]);
    expect(await json('operator', 'set-role', email, 'viewer')).toMatchObject({ role: 'viewer' });
  });
});
