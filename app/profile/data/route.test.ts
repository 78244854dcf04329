import { unzipSync } from 'fflate';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AuditEvent } from '@/lib/audit/model';
import { insertEvents } from '@/lib/audit/repository/insert';
import { createIdentity, setPicture } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { createRecoveryCodes } from '@/lib/recovery-code/service';
import { insertSchema } from '@/lib/schema/repository';
import type { SessionProof } from '@/lib/session/model';
import { startSession } from '@/lib/web/sign-in';
import { registerParty, signInAt } from '@/testing/authorization';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { openPairing, PHONE } from '@/testing/pairing';
import { ADDRESS, addPasskey, makePerson, signIn } from '@/testing/people';
import { jpegOf } from '@/testing/pictures';
import { makeProject } from '@/testing/project';
import { GET } from './route';

vi.mock('next/headers', () => import('@/testing/next-request'));

let project: Project;
beforeAll(async () => {
  project = await makeProject();
});
beforeEach(() => {
  forgetCookies();
});

async function signedIn(identity = makePerson(project)): Promise<SessionProof> {
  const proof = await signIn(project, await identity);
  beginRequest(project);
  await startSession(proof.session, proof.identity);
  return proof;
}

const record = (of: SessionProof, events: Partial<AuditEvent>[]) =>
  transaction(async (tx) => {
    const base = { projectId: project.id, identityId: of.identity.id, requestId: null, createdAt: new Date() };
    const event = { type: 'identity.updated', actorKind: 'system', actorId: null, address: null, details: {} } as const;
    const none = { organizationId: null, jobId: null };
    await insertEvents(
      tx,
      events.map((more) => ({ id: newId(), ...base, ...event, ...none, ...more })),
    );
  });

async function chunksOf(response: Response): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body ?? []) chunks.push(chunk);
  return chunks;
}
/** The archive's files as text. */
const filesIn = (chunks: Uint8Array[]) => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const files = Object.entries(unzipSync(new Uint8Array(Buffer.concat(chunks))));
  return Object.fromEntries(files.map(([name, bytes]) => [name, decoder.decode(bytes)]));
};
const dataIn = (chunks: Uint8Array[]) => JSON.parse(filesIn(chunks)['signet-data.json'] ?? '');
const download = async () => dataIn(await chunksOf(await GET()));
const downloadPage = async () => filesIn(await chunksOf(await GET()))['signet-data.html'] ?? '';

describe('"Download your data"', () => {
  test('is a file, only for the signed-in person', async () => {
    const proof = await signedIn();
    const { passkey } = await addPasskey(proof);
    const { request } = await openPairing(proof);
    await request();
    const codes = await createRecoveryCodes(proof);
    const { application } = await registerParty(proof.project);
    await signInAt(proof, application);
    const response = await GET();
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip']);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="signet-data.zip"');
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    const chunks = await chunksOf(response);
    expect(Object.keys(filesIn(chunks))).toEqual(['signet-data.html', 'signet-data.json']);
    const data = dataIn(chunks);
    expect(Object.keys(data)).toEqual([
      'exported_at',
      'identity',
      'passkeys',
      'sessions',
      'recovery_codes',
      'other_devices',
      'applications',
      'activity',
    ]);
    expect(data).toMatchObject({
      identity: { id: proof.identity.id, traits: proof.identity.traits, language: null },
      passkeys: [{ id: passkey.credentialId, name: passkey.name }],
      sessions: [{ method: 'code', address: ADDRESS }],
      recovery_codes: codes.map(() => ({ used_at: null })),
      other_devices: [{ state: 'requested', user_agent: PHONE, address: '198.51.100.4' }],
      applications: [{ client_id: application.clientId, client_name: 'Wiki', scope: 'openid offline_access' }],
      activity: [
        { type: 'application.signed_in' },
        { type: 'grant.given' },
        { type: 'recovery_code.created' },
        { type: 'pairing.requested' },
        { type: 'pairing.started' },
        { type: 'passkey.added' },
        { type: 'session.started' },
        { type: 'identity.created' },
      ],
    });
    for (const code of codes) expect(JSON.stringify(data)).not.toContain(code);
    const html = filesIn(chunks)['signet-data.html'] ?? '';
    for (const part of [
      'Recovery codes',
      '10 / 10',
      'Codes for other devices',
      'Asked to add a passkey',
      '198.51.100.4',
    ])
      expect(html).toContain(part);
    for (const code of codes) expect(html).not.toContain(code);
    forgetCookies();
    await expect(GET()).rejects.toMatchObject({ digest: expect.stringContaining('/login') });
  });

  test('contains the picture as a file, named on the page', async () => {
    const proof = await signedIn();
    await setPicture(proof.actor, proof.identity.id, jpegOf());
    const chunks = await chunksOf(await GET());
    const files = unzipSync(new Uint8Array(Buffer.concat(chunks)));
    expect(files['signet-picture.jpeg']).toEqual(jpegOf());
    const page = new TextDecoder().decode(files['signet-data.html']);
    expect(page).toContain('<th scope="row">Picture</th><td>signet-picture.jpeg</td>');
  });

  test('includes the person’s own IP addresses, never an operator’s or a client’s', async () => {
    const proof = await signedIn();
    const { id } = proof.identity;
    await record(proof, [
      { actorKind: 'operator', actorId: newId(), address: '192.0.2.1' },
      { actorKind: 'api_credential', actorId: 'sc_x', address: '192.0.2.2' },
      { actorKind: 'identity', actorId: newId(), address: '192.0.2.3' },
      { actorKind: 'cli', address: '192.0.2.4' },
      { actorKind: 'operator', actorId: id, address: '192.0.2.5' },
      { type: 'sign_in.refused', actorKind: 'system', address: '192.0.2.6' },
    ]);
    const { activity } = await download();
    const sources = activity.map(({ by, address }: { by: string; address: string }) => [by, address]);
    expect(sources.slice(0, 6)).toEqual([
      ['system', '192.0.2.6'],
      ['operator', '192.0.2.5'],
      ['cli', null],
      ['identity', null],
      ['api_credential', null],
      ['operator', null],
    ]);
    expect(activity.find(({ type }: { type: string }) => type === 'session.started').address).toBe(ADDRESS);
  });

  test('streams every event once, newest first', async () => {
    const proof = await signedIn();
    await record(
      proof,
      Array.from({ length: 250 }, (_, number) => ({ details: { number, text: '"},]\u2028👩‍🔬' } })),
    );
    const chunks = await chunksOf(await GET());
    expect(chunks.length).toBeGreaterThanOrEqual(4);
    const { activity } = dataIn(chunks);
    const numbers = activity.map(({ details }: { details: { number?: number } }) => details.number);
    expect(numbers.slice(0, 250)).toEqual(Array.from({ length: 250 }, (_, number) => 249 - number));
    expect(activity).toHaveLength(252);
  });

  test.each([98, 198])('ends at a page boundary: %i events', async (count) => {
    const proof = await signedIn();
    await record(
      proof,
      Array.from({ length: count }, () => ({})),
    );
    expect((await download()).activity).toHaveLength(count + 2);
  });

  test('contains the same as a page that loads nothing, in the language of the person', async () => {
    const email = `${newId()}@example.com`;
    const traits = { email, name: { first: '<b>Ada</b>', last: '\u05e9\u05e8\u05d4' } };
    const created = createIdentity(systemActor(project.id), { traits, locale: 'de' });
    const proof = await signedIn(created);
    await addPasskey(proof);
    const page = await downloadPage();
    expect(page).toContain('<html lang="de" dir="ltr">');
    expect(page).toContain('<th scope="row">Vorname</th><td>&lt;b&gt;Ada&lt;/b&gt;</td>');
    expect(page).toContain(email);
    expect(page).toContain('Chrome auf Linux');
    expect(page).toMatch(/<li>Konto angelegt<small>/);
    expect(page).not.toMatch(/<b>|<script|<img|<link|https?:\/\//);
    expect(page).toContain("default-src 'none'");
  });

  test('omits operators’ notes and hidden traits', async () => {
    const text = { type: 'string' };
    const properties = {
      email: { ...text, 'x-signet': { identifier: true } },
      risk: { ...text, 'x-signet': { selfService: 'hidden' } },
      // Older schemas could hide an identifier; the person sees it anyway.
      login: { ...text, 'x-signet': { identifier: true, selfService: 'hidden' } },
    };
    const document = { type: 'object', properties: { traits: { type: 'object', properties } } };
    const schema = {
      id: newId(),
      projectId: project.id,
      schemaId: 'hiding',
      version: 1,
      document,
      createdAt: new Date(),
    };
    await transaction((tx) => insertSchema(tx, schema));
    const traits = { email: `${newId()}@example.com`, risk: 'the-risk', login: `login-${newId()}` };
    const input = { schemaId: 'hiding', traits, metadataAdmin: { note: 'the-note' }, metadataPublic: 'public' };
    await signedIn(createIdentity(systemActor(project.id), input));
    const chunks = await chunksOf(await GET());
    expect(Object.values(filesIn(chunks)).join()).not.toMatch(/the-risk|the-note|metadata_admin/);
    expect(dataIn(chunks).identity).toMatchObject({
      traits: { email: traits.email, login: traits.login },
      metadata_public: 'public',
    });
  });
});
