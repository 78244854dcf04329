import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import { emailOf, type Identity } from '@/lib/identity/model';
import { getIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project, RecoveryCodePolicy } from '@/lib/project/model';
import { getProject } from '@/lib/project/service';
import { createRecoveryCodes, summarizeRecoveryCodes } from '@/lib/recovery-code/service';
import { disownSignIn, findSession } from '@/lib/session/service';
import { addPasskey, CHROME, mailsTo, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { statementsOf } from '@/testing/statements';
import { clientContextOf } from '@/testing/tenant';
import { issueRecovery, signInWithRecoveryCode } from '../service';

let project: Project;

beforeAll(async () => {
  project = await makeProject();
});
beforeEach(async () => {
  await (await db()).rateLimit.deleteMany();
  await setPolicy('allowed');
});

async function setPolicy(policy: RecoveryCodePolicy): Promise<void> {
  await (await db()).project.update({ where: { id: project.id }, data: { recoveryCodes: policy } });
  project = await getProject(project.id);
}

async function holder() {
  const identity = await makePerson(project);
  const codes = await createRecoveryCodes(await signIn(project, identity));
  return { identity, email: emailOf(identity) ?? '', codes };
}
const WRONG = '7K3M-9QXW-2HDT-V5RB-H8CE-0ZYP';
const enter = (address: string, code: string, { from = '203.0.113.7', returnTo = null as string | null } = {}) =>
  signInWithRecoveryCode(
    { ...clientContextOf(project), address: from, userAgent: CHROME },
    { address, code, returnTo, userAgent: CHROME },
  );
const refusalOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error) => error.code,
  );
const leftOf = async ({ id }: Identity) => (await summarizeRecoveryCodes(await getIdentity(project.id, id)))?.left;

describe('signing in with a recovery code of one’s own', () => {
  test('needs the address and the code in any spelling, works once each, and tells the holder what is left', async () => {
    const { identity, email, codes } = await holder();
    const [first = '', second = ''] = codes;
    const { session, returnTo } = await enter(email.toUpperCase(), first, { returnTo: '/console' });
    expect(session).toMatchObject({ identityId: identity.id, method: 'recovery', isRecovered: true, addressId: null });
    expect(returnTo).toBeNull();
    expect(await refusalOf(enter(email, first))).toBe('recovery_code_wrong');
    await enter(` ${email} `, ` ${second.toLowerCase().replaceAll('-', ' ')} `);
    expect(await leftOf(identity)).toBe(8);
    const used = (await mailsTo(identity)).slice(1);
    expect(used).toMatchObject([
      { params: { change: 'used', left: 9 }, source: { browser: 'Chrome', address: '203.0.113.7' } },
      { params: { change: 'used', left: 8 } },
    ]);
    const events = await listIdentityEvents(project.id, identity.id, 2);
    expect(events).toMatchObject([
      { type: 'session.started', details: { method: 'recovery' } },
      { type: 'recovery_code.used', details: { left: 8 } },
    ]);
  });

  test('marks passkeys added in the session as added by a recovery', async () => {
    const { email, codes } = await holder();
    const { session, identity } = await enter(email, codes[0] ?? '');
    const proof = {
      project,
      identity,
      session,
      actor: { ...cliActor(project.id), kind: 'identity' as const, id: identity.id },
    };
    expect((await addPasskey(proof)).passkey).toMatchObject({ addedBy: 'recovery' });
  });

  test('does not verify the address', async () => {
    const { identity, email, codes } = await holder();
    await enter(email, codes[0] ?? '');
    expect((await getIdentity(project.id, identity.id)).verifiableAddresses).toMatchObject([{ verified: false }]);
  });

  test('is refused with another person’s address, without one, and where codes are off', async () => {
    const { email, codes } = await holder();
    const other = await holder();
    const [code = ''] = codes;
    for (const address of [other.email, '', 'nobody@example.com', 'not an address'])
      expect(await refusalOf(enter(address, code))).toBe('recovery_code_wrong');
    await setPolicy('off');
    expect(await refusalOf(enter(email, code))).toBe('recovery_code_wrong');
    await setPolicy('encouraged');
    expect(await refusalOf(enter(email, code))).toBeNull();
  });

  test('accepts a code from an operator too, with an address or without', async () => {
    const { identity, email } = await holder();
    for (const address of [email, '']) {
      const { code } = await issueRecovery(cliActor(project.id), identity.id);
      expect(await enter(address, code, { returnTo: '/profile/settings' })).toMatchObject({
        returnTo: '/profile/settings',
        session: { method: 'recovery' },
      });
    }
  });
});

describe('the notice of a used code', () => {
  const verify = async ({ id }: Identity) =>
    (await db()).verifiableAddress.updateMany({
      where: { identityId: id },
      data: { verified: true, verifiedAt: new Date() },
    });

  test('has a link that ends the sign-in, in a mail to a proven mailbox alone', async () => {
    const [proven, unproven] = [await holder(), await holder()];
    await verify(proven.identity);
    const { session } = await enter(proven.email, proven.codes[0] ?? '');
    await enter(unproven.email, unproven.codes[0] ?? '');
    const noticeTo = async (identity: Identity) =>
      (await mailsTo(identity)).flatMap((mail) =>
        mail.kind === 'recovery_codes' && mail.params.change === 'used' ? [mail.params] : [],
      );
    expect((await noticeTo(unproven.identity)).map(({ link }) => link)).toEqual([undefined]);
    const [notice] = await noticeTo(proven.identity);
    expect(notice).toMatchObject({ left: 9, link: expect.stringMatching(/\/login\/alert\?[\w-]{24}$/) });
    expect(await findSession(project.id, session.id)).not.toBeNull();
    await disownSignIn(clientContextOf(project), notice?.link?.split('?')[1] ?? '');
    expect(await findSession(project.id, session.id)).toBeNull();
  });
});

describe('wrong codes', () => {
  test('get the same answers and the same statements for an account and for none', async () => {
    const { email } = await holder();
    const outcomes = async (address: string) => {
      const answers: unknown[] = [];
      const statements = await statementsOf(async () => {
        for (let tries = 0; tries < 12; tries++) answers.push(await refusalOf(enter(address, WRONG)));
      });
      await (await db()).rateLimit.deleteMany();
      return { answers, statements: statements.length };
    };
    const known = await outcomes(email);
    expect(known.answers).toEqual([...Array(10).fill('recovery_code_wrong'), 'rate_limited', 'rate_limited']);
    expect(await outcomes(`${newId()}@example.com`)).toEqual(known);
  });

  test('are limited for an address per network, and never block a right code', async () => {
    const { email, codes } = await holder();
    const other = await holder();
    for (let tries = 0; tries < 11; tries++) await refusalOf(enter(email, WRONG));
    expect(await refusalOf(enter(email, WRONG))).toBe('rate_limited');
    expect(await refusalOf(enter(other.email, WRONG))).toBe('recovery_code_wrong');
    expect(await refusalOf(enter(email, WRONG, { from: '198.51.100.1' }))).toBe('recovery_code_wrong');
    expect(await refusalOf(enter(email, codes[0] ?? ''))).toBeNull();
  });

  test('are limited to 30 an hour from one network, over all addresses', async () => {
    for (let tries = 0; tries < 30; tries++) await refusalOf(enter(`${newId()}@example.com`, WRONG));
    expect(await refusalOf(enter(`${newId()}@example.com`, WRONG))).toBe('rate_limited');
  });

  test('appear in the account’s activity', async () => {
    const { identity, email } = await holder();
    await refusalOf(enter(email, WRONG));
    const [event] = await listIdentityEvents(project.id, identity.id, 1);
    expect(event).toMatchObject({ type: 'sign_in.refused', actorKind: 'system', address: '203.0.113.7' });
  });
});
