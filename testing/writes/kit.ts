import * as apiCredential from '@/lib/api-credential/service';
import { createApplication } from '@/lib/application/service';
import type { Identity } from '@/lib/identity/model';
import { deleteIdentity } from '@/lib/identity/service';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import * as project from '@/lib/project/service';
import * as token from '@/lib/token/service';
import * as verification from '@/lib/verification/service';
import { makeOperator } from '@/testing/operators';
import { codeAndLink, lastMailTo } from '@/testing/outbox';
import { ADDRESS, addPasskey, CHROME, makePerson, signIn } from '@/testing/people';
import { keepDeleted, makeProject } from '@/testing/project';
import { clientContextOf } from '@/testing/tenant';

export let home: Project;
export let cli: Actor;
export const CLIENT = { userAgent: CHROME, address: ADDRESS };
export const DOCUMENT = () => ({ title: newId(), properties: { traits: { type: 'object' } } });

/** Makes what the writes need, once. */
export async function prepareWrites(): Promise<void> {
  home = await project.ensureFirstProject('http://localhost:3000');
  cli = cliActor(home.id);
  await makeOperator(home, 'owner');
  await token.publishedKeys(home.id);
}
export async function resetLimits(): Promise<void> {
  await (await db()).rateLimit.deleteMany();
}

export type Act = () => Promise<unknown>;
export const person = () => makePerson(home, { first: 'Ada', last: 'Lovelace' });
/** The ID of a person in the recycle bin. */
export async function deletedPerson(): Promise<string> {
  const { id } = await person();
  await keepDeleted(home);
  await deleteIdentity(cli, id);
  return id;
}
export const signedIn = async () => signIn(home, await person());
export const newEmail = () => `${newId()}@example.com`;
export const edit = { pointer: '/traits/name/first', base: 'Ada', mine: 'Grace' };
export const tokenOf = (link: string | null) => new URL(link ?? '').searchParams.get('token') ?? '';

export async function withPasskey() {
  const proof = await signedIn();
  return { proof, ...(await addPasskey(proof)) };
}
export async function mailed(email: string, of = home) {
  const browserHash = newId();
  await verification.beginSignIn(clientContextOf(of), { address: email, browserHash, locale: 'en' });
  return { browserHash, ...codeAndLink(await lastMailTo(email)) };
}
export async function tenant(registration?: 'open') {
  const { id } = await makeProject();
  if (registration) await (await db()).project.update({ where: { id }, data: { registration } });
  return project.getProject(id);
}
export const credentialOf = async () => (await apiCredential.createApiCredential(cli, { name: 'Program' })).credential;
export const applicationOf = async () =>
  (await createApplication(cli, { name: 'Wiki', redirectUris: ['https://wiki.example.com/callback'] })).application
    .clientId;
export const emailOf = ({ identifiers }: Identity) => identifiers[0] ?? '';

export const LOGO = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export async function newestInvitation() {
  return (await db()).invitation.findFirstOrThrow({ orderBy: { id: 'desc' } });
}
