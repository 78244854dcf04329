import { beforeEach, expect, test } from 'vitest';
import { codeAndLink, lastMailTo } from '@/testing/outbox';
import { confirmPairing } from '@/testing/pairing';
import { addPasskey, BROWSER, CHROME, contextOf, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { clientContextOf } from '@/testing/tenant';
import { beginPasskeySignIn, finishPasskeySignIn } from './credential/service';
import type { Identity } from './identity/model';
import { changeIdentity, getIdentity } from './identity/service';
import { cliActor } from './platform/actor';
import { db } from './platform/db/client';
import { newId } from './platform/ids';
import type { Project } from './project/model';
import { createRecoveryCodes } from './recovery-code/service';
import { listIdentitySessionsWithState } from './session/service';
import {
  beginSignIn,
  finishSignInWithCode,
  finishSignInWithLink,
  issueRecovery,
  signInWithRecoveryCode,
} from './verification/service';

/**
 * Deactivating an identity is one write that ends every access: existing, concurrent and pending, also after
 * reactivation.
 */
let project: Project;
beforeEach(async () => {
  await (await db()).rateLimit.deleteMany();
  project ??= await makeProject();
});

const setState = (id: string, state: 'active' | 'inactive') =>
  changeIdentity(cliActor(project.id), id, () => ({ state }));
const openOf = async ({ id }: Identity) =>
  (await listIdentitySessionsWithState(project.id, id)).filter(({ isLive }) => isLive);

/** Every sign-in method at its last step, and a passkey from another device: calling one completes it. */
async function signInMethods() {
  const person = await makePerson(project);
  const proof = await signIn(project, person);
  const { authenticator } = await addPasskey(proof);
  const browserHash = newId();
  await beginSignIn(clientContextOf(project), { address: person.identifiers[0] ?? '', browserHash, locale: 'en' });
  const { code, token } = codeAndLink(await lastMailTo(person.identifiers[0] ?? ''));
  const [recoveryCode = ''] = await createRecoveryCodes(proof);
  const pairing = await confirmPairing(proof);
  const recovery = await issueRecovery(cliActor(project.id), person.id);
  const response = authenticator.get(await beginPasskeySignIn(contextOf(project), BROWSER));
  const link = (text: string) => () =>
    finishSignInWithLink(clientContextOf(project), { token: text, browserHash, userAgent: CHROME });
  const methods: Array<() => Promise<unknown>> = [
    () => finishSignInWithCode(clientContextOf(project), { code, browserHash, userAgent: CHROME }),
    link(token),
    link(recovery.link.split('?')[1] ?? ''),
    () => finishPasskeySignIn(contextOf(project), BROWSER, response, { userAgent: CHROME }),
    () =>
      signInWithRecoveryCode(clientContextOf(project), {
        ...{ address: person.identifiers[0] ?? '', code: recoveryCode, returnTo: null, userAgent: CHROME },
      }),
    pairing.finish,
  ];
  return { person, methods };
}

// ASVS 7.4.2
test('CVE-2025-64521, CVE-2025-53942: ends all access, and reactivation restores none of it', async () => {
  const { person, methods } = await signInMethods();
  expect(await openOf(person)).toHaveLength(1);
  await setState(person.id, 'inactive');
  expect(await openOf(person)).toEqual([]);
  await setState(person.id, 'active');
  for (const enter of methods) await expect(enter()).rejects.toThrow();
  expect(await openOf(person)).toEqual([]);
});

test.each([0, 1, 2, 3, 4, 5])('CVE-2025-53942: ends a sign-in completed concurrently, by method %i', async (way) => {
  for (let round = 0; round < 4; round++) {
    const { person, methods } = await signInMethods();
    await Promise.allSettled([methods[way]?.(), setState(person.id, 'inactive')]);
    expect((await getIdentity(project.id, person.id)).state).toBe('inactive');
    expect(await openOf(person)).toEqual([]);
    await setState(person.id, 'active');
    expect(await openOf(person)).toEqual([]);
    for (const enter of methods) await expect(enter()).rejects.toThrow();
  }
});
