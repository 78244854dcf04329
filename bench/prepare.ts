import { pageByKey } from '@/lib/api/listing';
import { createApiCredential } from '@/lib/api-credential/service';
import { findIdentity, getIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { env } from '@/lib/platform/env';
import { hmac, randomToken } from '@/lib/platform/secret';
import type { Project } from '@/lib/project/model';
import { ensureFirstProject } from '@/lib/project/service';
import { assignRole } from '@/lib/role/service';
import { encodeSessionId, sessionCookieName } from '@/lib/web/session-cookie';
import { SoftwareAuthenticator } from '@/testing/authenticator';
import { addPasskey, enterByPasskey, signInByMail } from '@/testing/people';
import { keepDeleted } from '@/testing/project';
import { seededIdentity } from './seed';

/**
 * What the client needs: a credential, sessions, passkeys and IDs in the seeded database, made by the services.
 * `identities` is the seeded number, `people` how many of them get a session and a passkey.
 */
export type Prepared = {
  clientId: string;
  clientSecret: string;
  /** Identities from all parts of the list that a program may change. */
  people: Array<{ id: string; email: string }>;
  /** A page token in the middle of the list, and the identity before it. */
  pageToken: string;
  pageAfter: string;
  /** A person with three passkeys, an operator, and people with a session: the cookie header of each. */
  profileCookie: string;
  operatorCookie: string;
  sessionCookies: string[];
  usersPath: string;
  /** A browser's nonce cookie, with the hash that is stored with its challenges. */
  browser: { cookie: string; hash: string };
  projectId: string;
  passkeys: Array<{
    id: string;
    identityId: string;
    userHandle: string;
    rpId: string;
    privateKey: string;
    publicJwk: string;
  }>;
};

const SAMPLE = 500;
const PEOPLE = 60;
const PROFILE = 1;
const OPERATOR = 2;

export async function prepare(identities: number, people = PEOPLE): Promise<Prepared> {
  const project = await ensureFirstProject(env().origin);
  await keepDeleted(project, 0); // the reference servers delete permanently
  const { credential, clientSecret } = await createApiCredential(systemActor(project.id), { name: 'Benchmark' });
  const sample = sampleOf(identities);
  const pageAfter = seededIdentity(Math.floor(identities / 2)).id;
  const nonce = randomToken(32);
  const signedIn = await makePeople(project, sample.slice(0, people));
  const operator = await makeOperator(project, seededIdentity(OPERATOR).id);
  return {
    clientId: credential.clientId,
    clientSecret,
    people: sample,
    pageToken: await tokenAfter(project, pageAfter),
    pageAfter,
    profileCookie: await makeProfile(project, seededIdentity(PROFILE).id),
    operatorCookie: operator.cookie,
    usersPath: operator.path,
    sessionCookies: signedIn.map(({ cookie }) => cookie),
    browser: { cookie: `signet_browser=${nonce}`, hash: hmac('browser', nonce) },
    projectId: project.id,
    passkeys: signedIn.map(({ passkey }) => passkey),
  };
}

function sampleOf(identities: number) {
  const count = Math.min(identities, SAMPLE);
  const numbers = Array.from({ length: count }, (_, at) => Math.floor((at * identities) / count) + 1);
  return numbers.filter((n) => n !== PROFILE && n !== OPERATOR).map(seededIdentity);
}

/** The token of the list's own `Link`. */
async function tokenAfter({ id, origin }: Project, after: string): Promise<string> {
  const base = `${origin}/admin/identities`;
  const place = { base, request: new Request(`${base}?page_size=100`), scope: [id, {}] };
  const { headers } = await pageByKey(place, { page_size: 1 }, async () => [{ id: after }, { id: after }]);
  const token = /page_token=([^>&]+)/.exec(headers.link ?? '')?.[1];
  if (!token) throw new Error('the list has no next page');
  return decodeURIComponent(token);
}

async function makePeople(project: Project, sample: Array<{ id: string }>) {
  const people = [];
  for (const { id } of sample) {
    const identity = await findIdentity(project.id, id);
    if (identity?.state !== 'active') continue;
    const authenticator = new SoftwareAuthenticator({ origin: project.origin });
    const proof = await signInByMail(project, identity);
    await addPasskey(proof, authenticator);
    const [key] = authenticator.keys;
    if (!key) throw new Error('no passkey');
    people.push({
      cookie: await cookieOf(project, proof.session),
      passkey: {
        id: key.id.toString('base64url'),
        identityId: id,
        userHandle: key.userHandle,
        rpId: key.rpId,
        privateKey: key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        publicJwk: JSON.stringify(publicPartOf(key.privateKey.export({ format: 'jwk' }))),
      },
    });
  }
  return people;
}

function publicPartOf({ d: _, ...jwk }: { d?: string }) {
  return jwk;
}

async function makeProfile(project: Project, id: string): Promise<string> {
  const proof = await signInByMail(project, await getIdentity(project.id, id));
  for (let count = 0; count < 3; count++) await addPasskey(proof);
  return cookieOf(project, proof.session);
}

async function makeOperator(project: Project, id: string) {
  const proof = await signInByMail(project, await getIdentity(project.id, id));
  await transaction((tx) => assignRole(tx, { organizationId: project.organizationId, identityId: id }, 'owner'));
  const { authenticator } = await addPasskey(proof);
  const { session } = await enterByPasskey(project, await getIdentity(project.id, id), authenticator);
  const { slug } = await (await db()).organization.findUniqueOrThrow({ where: { id: project.organizationId } });
  return { cookie: await cookieOf(project, session), path: `/console/${slug}/${project.slug}/users` };
}

async function cookieOf({ id: projectId, origin }: Project, session: { id: string; expiresAt: Date }): Promise<string> {
  const place = { projectId, origin };
  return `${sessionCookieName(place)}=${await encodeSessionId(place, session.id, session.expiresAt)}`;
}
