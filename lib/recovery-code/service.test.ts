import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import { changeIdentity, getIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project, RecoveryCodePolicy } from '@/lib/project/model';
import { getProject } from '@/lib/project/service';
import { makeOperator } from '@/testing/operators';
import { addPasskey, enterByPasskey, mailsTo, makePerson, signIn } from '@/testing/people';
import { programOf } from '@/testing/planting';
import { makeProject } from '@/testing/project';
import * as recoveryCodes from './service';

let project: Project;

beforeAll(async () => {
  project = await makeProject();
});
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  await (await db()).rateLimit.deleteMany();
  await setPolicy('allowed');
});
afterEach(() => {
  vi.useRealTimers();
});

async function setPolicy(policy: RecoveryCodePolicy): Promise<void> {
  await (await db()).project.update({ where: { id: project.id }, data: { recoveryCodes: policy } });
  project = await getProject(project.id);
}
const signedIn = async () => signIn(project, await makePerson(project));
const leftOf = async (identity: Identity) =>
  (await recoveryCodes.summarizeRecoveryCodes(await getIdentity(project.id, identity.id)))?.left ?? null;

describe('creating', () => {
  // ASVS 6.5.2
  test('gives ten codes of 120 bits once; only their keyed hashes are stored', async () => {
    const proof = await signedIn();
    const codes = await recoveryCodes.createRecoveryCodes(proof);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
    const rows = JSON.stringify([
      await (await db()).recoveryCode.findMany(),
      await listIdentityEvents(project.id, proof.identity.id, 10),
      await mailsTo(proof.identity),
    ]);
    for (const code of codes) for (const text of [code, code.replaceAll('-', '')]) expect(rows).not.toContain(text);
    expect(await leftOf(proof.identity)).toBe(10);
  });

  test('replaces the earlier ones and tells the holder', async () => {
    const proof = await signedIn();
    const [old = ''] = await recoveryCodes.createRecoveryCodes(proof);
    const [code = ''] = await recoveryCodes.createRecoveryCodes(proof);
    const { id } = proof.identity;
    expect(await recoveryCodes.findRecoveryCode(project.id, id, old)).toBeNull();
    expect(await recoveryCodes.findRecoveryCode(project.id, id, code.toLowerCase())).toMatchObject({ identityId: id });
    expect(await recoveryCodes.listRecoveryCodes(project.id, id)).toHaveLength(10);
    expect(await mailsTo(proof.identity)).toMatchObject([
      { kind: 'recovery_codes', params: { change: 'created', left: 10 } },
      { kind: 'recovery_codes', params: { change: 'created', left: 10 } },
    ]);
    const [event] = await listIdentityEvents(project.id, id, 1);
    expect(event).toMatchObject({ type: 'recovery_code.created', details: { count: 10, replaced: 10 } });
  });

  test('leaves one set when two are created at once', async () => {
    const proof = await signedIn();
    const sets = await Promise.all([1, 2].map(() => recoveryCodes.createRecoveryCodes(proof)));
    expect(await recoveryCodes.listRecoveryCodes(project.id, proof.identity.id)).toHaveLength(10);
    const found = await Promise.all(
      sets.map(([code = '']) => recoveryCodes.findRecoveryCode(project.id, proof.identity.id, code)),
    );
    expect(found.filter((each) => each !== null)).toHaveLength(1);
  });

  test('needs a fresh session, of an operator with a passkey by passkey', async () => {
    const proof = await signedIn();
    vi.setSystemTime(Date.now() + 16 * 60_000);
    const stale = { code: 'reauthentication_required' };
    await expect(recoveryCodes.createRecoveryCodes(proof)).rejects.toMatchObject(stale);
    await expect(recoveryCodes.revokeOwnRecoveryCodes(proof)).rejects.toMatchObject(stale);
    const operator = await makeOperator(project, 'viewer');
    const { authenticator } = await addPasskey(await signIn(project, operator));
    const identity = await getIdentity(project.id, operator.id);
    await expect(recoveryCodes.createRecoveryCodes(await signIn(project, identity))).rejects.toMatchObject(stale);
    const byPasskey = await enterByPasskey(project, identity, authenticator);
    expect(await recoveryCodes.createRecoveryCodes(byPasskey)).toHaveLength(10);
  });

  test('is refused where the project has switched them off, and after everything was revoked', async () => {
    const proof = await signedIn();
    await setPolicy('off');
    await expect(recoveryCodes.createRecoveryCodes(proof)).rejects.toMatchObject({ code: 'recovery_codes_off' });
    await setPolicy('encouraged');
    await changeIdentity(cliActor(project.id), proof.identity.id, () => ({ state: 'inactive' }));
    await expect(recoveryCodes.createRecoveryCodes(proof)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('is limited to ten sets an hour', async () => {
    const proof = await signedIn();
    for (let made = 0; made < 10; made++) await recoveryCodes.createRecoveryCodes(proof);
    await expect(recoveryCodes.createRecoveryCodes(proof)).rejects.toMatchObject({ code: 'rate_limited' });
  });
});

describe('deleting', () => {
  test('by the person or an operator ends every code and tells the holder once', async () => {
    for (const by of ['person', 'operator'] as const) {
      const proof = await signedIn();
      const [code = ''] = await recoveryCodes.createRecoveryCodes(proof);
      const { id } = proof.identity;
      const operator = { ...cliActor(project.id), kind: 'operator' as const, id: newId() };
      const revoke = () =>
        by === 'person' ? recoveryCodes.revokeOwnRecoveryCodes(proof) : recoveryCodes.revokeRecoveryCodes(operator, id);
      await revoke();
      await revoke();
      expect(await recoveryCodes.findRecoveryCode(project.id, id, code)).toBeNull();
      expect(await leftOf(proof.identity)).toBeNull();
      const kinds = (await mailsTo(proof.identity)).map((mail) => 'change' in mail.params && mail.params.change);
      expect(kinds).toEqual(['created', 'revoked']);
      const [event] = await listIdentityEvents(project.id, id, 1);
      expect(event).toMatchObject({ type: 'recovery_code.revoked', details: { count: 10 } });
    }
  });

  test('of an operator is refused to a program', async () => {
    const operator = await makeOperator(project, 'viewer');
    await recoveryCodes.createRecoveryCodes(await signIn(project, operator));
    const attempt = recoveryCodes.revokeRecoveryCodes(programOf(project), operator.id);
    await expect(attempt).rejects.toMatchObject({ code: 'operator_protected' });
    expect(await leftOf(operator)).toBe(10);
  });

  test('of the identity takes its codes along', async () => {
    const proof = await signedIn();
    await recoveryCodes.createRecoveryCodes(proof);
    await (await db()).identity.delete({ where: { id: proof.identity.id } });
    expect(await (await db()).recoveryCode.count({ where: { identityId: proof.identity.id } })).toBe(0);
  });
});

test('codes of an earlier epoch are not counted', async () => {
  const proof = await signedIn();
  await recoveryCodes.createRecoveryCodes(proof);
  const set = (state: 'active' | 'inactive') =>
    changeIdentity(cliActor(project.id), proof.identity.id, () => ({ state }));
  await set('inactive');
  await set('active');
  expect(await leftOf(proof.identity)).toBeNull();
});
