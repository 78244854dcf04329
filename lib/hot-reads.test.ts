import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeProject } from '@/testing/project';
import * as credentials from './api-credential/repository';
import * as events from './audit/repository';
import * as passkeys from './credential/repository';
import { toIdentitiesText, toIdentityResponse, toIdentityText } from './identity/contract';
import * as identities from './identity/repository';
import { listByIds } from './identity/repository/by-ids';
import { db } from './platform/db/client';
import { newId } from './platform/ids';
import * as projects from './project/repository';
import * as schemas from './schema/repository';
import * as sessions from './session/repository';
import { accessTokenKeys } from './token/model';
import * as tokens from './token/repository';

/** Each hot statement returns the same as its Prisma twin in this file, on random rows. */
const RUNS = { numRuns: 25 };
const text = fc.string({ unit: 'binary', maxLength: 12 }).filter((value) => !value.includes('\0'));
const date = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });
const pastDate = date.filter((value) => value.getTime() < Date.UTC(9999, 0)); // leaves room for a later one
const count = fc.nat({ max: 2 ** 31 - 1 });
const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value));
/** Unique, for keys. */
const uuid = fc.constant(0).map(() => crypto.randomUUID());
const nullable = <Value>(arbitrary: Arbitrary<Value>) => fc.option(arbitrary, { freq: 2 });
const many = <Value>(arbitrary: Arbitrary<Value>) => fc.array(arbitrary, { maxLength: 5 });
const stamps = { createdAt: date, updatedAt: date };

/** Runs `check` on random rows in a new project. */
const property = <Rows>(rows: Arbitrary<Rows>, check: (rows: Rows, projectId: string) => Promise<void>) =>
  fc.assert(
    fc.asyncProperty(rows, async (generated) => check(generated, (await makeProject()).id)),
    RUNS,
  );

const PARTS = {
  identifiers: { orderBy: { id: 'asc' } },
  verifiableAddresses: { orderBy: { id: 'asc' } },
  recoveryAddresses: { orderBy: { id: 'asc' } },
  operators: { orderBy: { id: 'asc' } },
  _count: { select: { passkeys: true } },
} as const;

/** The twin of `toIdentity`. */
async function identityByPrisma(id: string) {
  const row = await (await db()).identity.findUniqueOrThrow({ where: { id }, include: PARTS });
  const { searchText: _s, sortName: _n, passkeyInvitedAt: _i, signedInAt, operators, _count, ...rest } = row;
  const parsed = (stored: string | null) => (stored === null ? null : JSON.parse(stored));
  return {
    ...rest,
    signedInAt: signedInAt === 0n ? null : new Date(Number(signedInAt)),
    traits: JSON.parse(row.traits),
    metadataPublic: parsed(row.metadataPublic),
    metadataAdmin: parsed(row.metadataAdmin),
    identifiers: row.identifiers.map(({ value }) => value),
    verifiableAddresses: row.verifiableAddresses.map(({ projectId: _p, identityId: _i, ...address }) => address),
    recoveryAddresses: row.recoveryAddresses.map(({ projectId: _p, identityId: _i, ...address }) => address),
    operatorRoles: operators.map(({ organizationId, role }) => ({ organizationId, role })),
    passkeyCount: _count.passkeys,
  };
}

const identityFields = fc.record({
  schemaId: text,
  schemaVersion: count,
  state: fc.constantFrom('active', 'inactive'),
  stateChangedAt: date,
  traits: json,
  metadataPublic: nullable(json),
  metadataAdmin: nullable(json),
  externalId: nullable(uuid),
  searchText: text,
  sortName: text,
  userHandle: uuid,
  locale: nullable(fc.constantFrom('en', 'de')),
  revocationEpoch: count,
  identifierPointer: nullable(text),
  version: count,
  signedInAt: fc.constantFrom(0n, 1_780_000_000_000n),
  deletionDueAt: nullable(date),
  ...stamps,
});
const passkeyFields = fc.record({
  credentialId: uuid,
  publicKey: fc.uint8Array({ maxLength: 100 }).map((bytes) => new Uint8Array(bytes)),
  signCount: fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }),
  aaguid: uuid,
  transports: many(text).map((value) => JSON.stringify(value)),
  isBackupEligible: fc.boolean(),
  isBackedUp: fc.boolean(),
  rpId: text,
  name: text,
  addedBy: fc.constantFrom('session', 'recovery', 'setup', 'unknown'),
  addedSessionId: nullable(uuid),
  addressId: nullable(uuid),
  createdAt: date,
  lastUsedAt: nullable(date),
});
const unique = <Value>(values: Value[], key: (value: Value) => unknown) =>
  values.filter((value, at) => values.findIndex((other) => key(other) === key(value)) === at);
const address = { value: text, via: fc.constant('email'), ...stamps };
const person = fc.record({
  fields: identityFields,
  identifiers: many(fc.record({ id: uuid, value: text, createdAt: date })),
  verifiable: many(
    fc.record({
      id: uuid,
      ...address,
      status: fc.constantFrom('pending', 'sent', 'completed'),
      verified: fc.boolean(),
      verifiedAt: nullable(date),
    }),
  ),
  recovery: many(fc.record({ id: uuid, ...address })),
  passkeys: many(passkeyFields),
  roles: many(fc.record({ role: fc.constantFrom('owner', 'admin', 'viewer'), ...stamps })),
});
type Person = typeof person extends Arbitrary<infer Generated> ? Generated : never;

/** Writes a person; resolves to their ID. */
async function insert(projectId: string, { fields, ...parts }: Person): Promise<string> {
  const client = await db();
  const id = newId();
  const owner = { projectId, identityId: id };
  const owned = <Row extends { value: string }>(rows: Row[]) =>
    unique(rows, ({ value }) => value).map((row) => ({ ...row, ...owner }));
  await client.identity.create({ data: { id, projectId, ...fields } });
  await client.identifier.createMany({ data: owned(parts.identifiers) });
  await client.verifiableAddress.createMany({ data: owned(parts.verifiable) });
  await client.recoveryAddress.createMany({ data: owned(parts.recovery) });
  await client.passkey.createMany({ data: parts.passkeys.map((row) => ({ id: newId(), ...owner, ...row })) });
  for (const { role, ...times } of parts.roles) {
    const organizationId = newId();
    await client.organization.create({ data: { id: organizationId, name: 'O', slug: organizationId, ...times } });
    await client.operator.create({ data: { id: newId(), organizationId, identityId: id, role, ...times } });
  }
  return id;
}

/** With new unique keys, because arbitraries repeat values. */
function renewed({ fields, verifiable, recovery }: Person): Person {
  const withId = <Row>(row: Row) => ({ ...row, id: crypto.randomUUID() });
  const keys = { userHandle: newId(), externalId: fields.externalId && newId() };
  const parts = { verifiable: verifiable.map(withId), recovery: recovery.map(withId) };
  return { fields: { ...fields, ...keys }, ...parts, identifiers: [], passkeys: [], roles: [] };
}

describe('an identity', () => {
  test('by each of its keys', () =>
    property(person, async (generated, projectId) => {
      const id = await insert(projectId, generated);
      const expected = await identityByPrisma(id);
      const { userHandle } = generated.fields;
      expect(await identities.findIdentity(projectId, id)).toEqual(expected);
      expect(await identities.findByUserHandle(projectId, userHandle)).toEqual(expected);
      for (const { value } of generated.identifiers)
        expect(await identities.findByIdentifier(projectId, value)).toEqual(expected);
      const { id: elsewhere } = await makeProject();
      expect(await identities.findIdentity(elsewhere, id)).toBeNull();
      expect(await identities.findByUserHandle(elsewhere, userHandle)).toBeNull();
      expect(await identities.findByIdentifier(projectId, newId())).toBeNull();
    }));

  test('in stored form, whose text is that of its response', () =>
    property(person, async (generated, projectId) => {
      const id = await insert(projectId, generated);
      const [identity] = await identities.listAfter(projectId, {}, null, 1);
      if (!identity) throw new Error('not listed');
      const stored = await identities.findStored(projectId, id);
      const { version, userHandle, passkeyCount, externalId } = identity;
      expect(stored).toMatchObject({ id, projectId, version, userHandle, passkeyCount });
      const expected = { ...toIdentityResponse(identity, 'https://id.example'), credentials: {} };
      expect(stored && toIdentityText(stored.stored, {}, 'https://id.example')).toBe(JSON.stringify(expected));
      expect(await identities.findStoredByExternalId(projectId, externalId ?? newId())).toEqual(externalId && stored);
      const { id: elsewhere } = await makeProject();
      expect(await identities.findStored(elsewhere, id)).toBeNull();
      expect(await identities.findStoredByExternalId(elsewhere, externalId ?? newId())).toBeNull();
    }));

  test('of several', () =>
    property(fc.array(person, { maxLength: 4 }), async (all, projectId) => {
      const ids: string[] = [];
      for (const one of all) ids.push(await insert(projectId, renewed(one)));
      const expected = await Promise.all(ids.map(identityByPrisma));
      expect(await listByIds(projectId, [...ids, newId()].reverse())).toEqual(expected);
      expect(await listByIds((await makeProject()).id, ids)).toEqual([]);
    }));
});

test('the text of a list of identities is that of its members', () =>
  property(fc.array(person, { maxLength: 3 }), async (all, projectId) => {
    for (const one of all) await insert(projectId, renewed(one));
    const listed = await identities.listAfter(projectId, {}, null, 10);
    expect(listed).toHaveLength(all.length);
    const expected = JSON.stringify(listed.map((identity) => toIdentityResponse(identity, 'https://id.example')));
    const byKey = await identities.listStoredAfter(projectId, {}, null, 10);
    expect(toIdentitiesText(byKey, 'https://id.example')).toBe(expected);
    const byNumber = await identities.listByOffset(projectId, {}, 0, 10);
    expect(toIdentitiesText(byNumber, 'https://id.example')).toBe(expected);
  }));

const sessionFields = fc.record({
  revocationEpoch: count,
  method: fc.constantFrom('code', 'link', 'passkey', 'setup', 'recovery'),
  passkeyId: nullable(uuid),
  isRecovered: fc.boolean(),
  addressId: nullable(uuid),
  authenticatedAt: date,
  userAgent: text,
  address: text,
  createdAt: date,
  lastSeenAt: date,
  expiresAt: date,
});

test('sessions, with and without their identity', () =>
  property(fc.tuple(person, many(sessionFields)), async ([generated, fields], projectId) => {
    const identityId = await insert(projectId, generated);
    const { session } = await db();
    const owned = fields.map((row) => ({ id: newId(), projectId, identityId, ...row }));
    await session.createMany({ data: owned });
    const identity = await identityByPrisma(identityId);
    const { id: elsewhere } = await makeProject();
    for (const { id } of owned) {
      const expected = await session.findUnique({ where: { id } });
      expect(await sessions.findSessionRow(projectId, id)).toEqual(expected);
      expect(await sessions.findSessionWithIdentity(projectId, id)).toEqual({ session: expected, identity });
      expect(await sessions.findSessionRow(elsewhere, id)).toBeNull();
      expect(await sessions.findSessionWithIdentity(elsewhere, id)).toBeNull();
    }
    const where = { projectId, identityId };
    const expected = await session.findMany({ where, orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }] });
    expect(await sessions.listSessionRows(projectId, identityId)).toEqual(expected);
  }));

test('passkeys', () =>
  property(person, async (generated, projectId) => {
    const identityId = await insert(projectId, generated);
    const { passkey } = await db();
    const rows = await passkey.findMany({ where: { identityId }, orderBy: { id: 'asc' } });
    const found = await passkeys.listPasskeys(projectId, identityId);
    expect(found.map(({ name: _, ...rest }) => rest)).toEqual(
      rows.map(({ name: _, ...row }) => ({ ...row, transports: JSON.parse(row.transports) })),
    );
    for (const one of found) expect(await passkeys.findByCredentialId(one.credentialId)).toEqual(one);
    expect(await passkeys.listPasskeys((await makeProject()).id, identityId)).toEqual([]);
  }));

const credentialFields = fc.record({
  name: text,
  authMethod: fc.constantFrom('client_secret_basic', 'client_secret_post'),
  permission: fc.constant('custom'),
  scopes: fc.subarray(['identities:read', 'sessions:write', 'unheard:of']).map((value) => JSON.stringify(value)),
  audiences: many(text).map((value) => JSON.stringify(value)),
  expiresAt: nullable(date),
  revokedAt: nullable(date),
  lastUsedAt: nullable(date),
  lastUsedAddress: nullable(text),
  ...stamps,
});
const secretFields = fc.record({
  name: nullable(text),
  hash: text,
  createdAt: date,
  expiresAt: nullable(date),
  lastUsedAt: nullable(date),
});

test('API credentials, with their secrets, and of a token', () =>
  property(fc.tuple(credentialFields, many(secretFields), pastDate), async ([fields, secrets, now], projectId) => {
    const client = await db();
    const [id, clientId] = [newId(), newId()];
    await client.apiCredential.create({ data: { id, projectId, clientId, ...fields } });
    await client.apiCredentialSecret.createMany({
      data: secrets.map((row) => ({ id: newId(), apiCredentialId: id, ...row })),
    });
    const { permission: _p, name: _n, ...row } = await client.apiCredential.findUniqueOrThrow({ where: { clientId } });
    const scopes = JSON.parse(row.scopes).filter((scope: string) => scope !== 'unheard:of');
    const expected = { ...row, name: expect.any(String), scopes, audiences: JSON.parse(row.audiences) };
    expect(await credentials.findApiCredential(projectId, clientId)).toEqual(expected);
    const found = await credentials.findWithSecrets(projectId, clientId, now);
    expect(found.credential).toEqual(expected);
    const active = await client.apiCredentialSecret.findMany({
      where: { apiCredentialId: id, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
      select: { id: true, hash: true, lastUsedAt: true },
    });
    const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
    expect(found.secrets.toSorted(byId)).toEqual(active.toSorted(byId));

    const none = { credential: null, secrets: [], currentKid: null };
    const { id: elsewhere } = await makeProject();
    expect(await credentials.findWithSecrets(elsewhere, clientId, now)).toEqual(none);
    expect(await credentials.findWithSecrets(projectId, newId(), now)).toEqual(none);
    for (const [scene, isRevoked] of [
      [{ state: 'current', retiredAt: null }, false],
      [{ state: 'retired', retiredAt: new Date(now.getTime() + 1) }, false],
      [{ state: 'retired', retiredAt: now }, true],
      [{ state: 'revoked', retiredAt: null }, true],
    ] as const) {
      const kid = newId();
      const key = { algorithm: 'ES256', publicJwk: '{}', privateJwk: '', createdAt: now };
      await client.signingKey.create({ data: { id: kid, projectId, ...key, ...scene } });
      const token = { clientId, kid, jti: newId() };
      const trusted = (of = projectId) => tokens.isTrusted(of, token, now);
      const credential = (of = projectId) => tokens.findCredentialOfToken(of, token, now);
      expect([await credential(), await trusted()]).toEqual(isRevoked ? [null, false] : [expected, true]);
      expect([await credential(elsewhere), await trusted(elsewhere)]).toEqual([null, false]);
      const revoked = { jti: token.jti, expiresAt: now };
      await client.revokedToken.create({ data: { projectId: elsewhere, ...revoked } });
      expect(await trusted()).toBe(!isRevoked);
      await client.revokedToken.create({ data: { projectId, ...revoked } });
      expect([await credential(), await trusted()]).toEqual([null, false]);
    }
  }));

const keyFields = fc.record({
  purpose: fc.constantFrom('access_token', 'id_token'),
  algorithm: fc.constantFrom('ES256', 'RS256'),
  publicJwk: fc.dictionary(text, text).map((value) => JSON.stringify(value)),
  privateJwk: text,
  state: fc.constantFrom('next', 'current', 'retired', 'revoked'),
  createdAt: date,
  activatedAt: nullable(date),
  retiredAt: nullable(date),
});

test('signing keys', () =>
  property(fc.tuple(many(keyFields), date), async ([fields, after], projectId) => {
    const { signingKey } = await db();
    await signingKey.createMany({ data: fields.map((row) => ({ id: newId(), projectId, ...row })) });
    const toKey = ({ id: kid, privateJwk: sealedPrivateJwk, publicJwk, ...row }: { [key: string]: unknown }) => ({
      ...row,
      kid,
      sealedPrivateJwk,
      publicJwk: JSON.parse(String(publicJwk)),
    });
    const rows = await signingKey.findMany({ where: { projectId }, orderBy: { createdAt: 'desc' } });
    const { id: elsewhere } = await makeProject();
    for (const row of rows) {
      expect(await tokens.findKey(projectId, row.id)).toEqual(toKey(row));
      expect(await tokens.findKey(elsewhere, row.id)).toBeNull();
    }
    const current = await tokens.findKeyInState(accessTokenKeys(projectId), 'current');
    expect((await credentials.findWithSecrets(projectId, newId(), after)).currentKid).toBe(current?.kid ?? null);
    expect(current?.createdAt).toEqual(
      rows.find(({ state, purpose }) => state === 'current' && purpose === 'access_token')?.createdAt,
    );
    const published = rows.filter(
      ({ state, retiredAt }) => state !== 'revoked' && (retiredAt === null || retiredAt > after),
    );
    const listed = await tokens.listKeys(projectId, after);
    expect(listed.map(({ kid }) => kid).sort()).toEqual(published.map(({ id }) => id).sort());
  }));

const projectFields = fc.record({
  name: text,
  registration: fc.constantFrom('closed', 'open', 'invitation'),
  sessionIdleSeconds: count,
  sessionLifetimeSeconds: count,
  accentColor: nullable(text),
  logoHash: nullable(text),
  mailFrom: nullable(text),
  mailFromApproval: nullable(fc.constantFrom('dns', 'owner', 'settings', 'domain')),
  recycleBinDays: fc.nat({ max: 365 }),
  signingAlgorithm: fc.constantFrom('ES256', 'RS256'),
  auditRetentionDays: nullable(count),
  recoveryCodes: fc.constantFrom('off', 'allowed', 'encouraged'),
  deletionGraceDays: count,
  ...stamps,
});

test('the first project', async () => {
  const row = await (await db()).project.findFirst({ orderBy: { id: 'asc' } });
  expect((await projects.findFirstProject())?.id).toBe(row?.id);
});

test('projects by ID and by each of their hosts', () =>
  property(fc.tuple(projectFields, many(fc.boolean())), async ([fields, others], id) => {
    const client = await db();
    await client.project.update({ where: { id }, data: fields });
    const rest = { isPrimary: false, createdAt: new Date() };
    for (const isUnreachable of others) {
      const host = `h-${newId()}.${isUnreachable ? 'invalid' : 'example'}`;
      await client.projectOrigin.create({
        data: { id: newId(), projectId: id, origin: `https://${host}`, host, ...rest },
      });
    }
    const { origins, ...row } = await client.project.findUniqueOrThrow({ where: { id }, include: { origins: true } });
    const primary = origins.find(({ isPrimary }) => isPrimary);
    const expected = { ...row, name: expect.any(String), origin: primary?.origin, rpId: primary?.host };
    expect(await projects.findProject(id)).toEqual(expected);
    for (const { host } of origins)
      expect(await projects.findProjectByHost(host)).toEqual(host.endsWith('.invalid') ? null : expected);
    expect(await projects.findProject(newId())).toBeNull();
    expect(await projects.findProjectByHost(newId())).toBeNull();
  }));

test('schema versions', () =>
  property(fc.array(fc.dictionary(text, fc.jsonValue()), { minLength: 1, maxLength: 4 }), async (all, projectId) => {
    const { identitySchema } = await db();
    const rows = all.map((document, at) => ({
      ...{ id: newId(), projectId, schemaId: 'person', version: at + 1 },
      ...{ document: JSON.stringify(document), createdAt: new Date() },
    }));
    for (const row of rows) {
      await identitySchema.create({ data: row });
      const expected = { ...row, document: JSON.parse(row.document) };
      expect(await schemas.findSchema(projectId, 'person')).toEqual(expected);
      expect(await schemas.findSchema(projectId, 'person', row.version)).toEqual(expected);
    }
    expect(await schemas.findSchema(projectId, 'person', all.length + 1)).toBeNull();
    expect(await schemas.findSchema((await makeProject()).id, 'person')).toBeNull();
    await identitySchema.deleteMany({ where: { projectId } });
    expect(await schemas.findSchema(projectId, 'person', 1)).toBeNull();
  }));

const eventFields = fc.record({
  type: text,
  actorKind: fc.constantFrom('identity', 'api_credential', 'operator', 'cli', 'system'),
  actorId: nullable(text),
  organizationId: nullable(uuid),
  requestId: nullable(text),
  address: nullable(text),
  jobId: nullable(uuid),
  details: fc.dictionary(text, fc.jsonValue()).map((value) => JSON.stringify(value)),
  createdAt: date,
});

test("an identity's events", () =>
  property(fc.tuple(many(eventFields), fc.integer({ min: 1, max: 4 })), async ([fields, limit], projectId) => {
    const { auditEvent } = await db();
    const identityId = newId();
    await auditEvent.createMany({ data: fields.map((row) => ({ id: newId(), projectId, identityId, ...row })) });
    const rows = await auditEvent.findMany({ where: { projectId, identityId }, orderBy: { id: 'desc' } });
    const expected = rows.map((row) => ({ ...row, details: JSON.parse(row.details) }));
    expect(await events.listIdentityEvents(projectId, identityId, limit)).toEqual(expected.slice(0, limit));
    for (const [at, { id }] of expected.entries())
      expect(await events.listIdentityEvents(projectId, identityId, 2, id)).toEqual(expected.slice(at + 1, at + 3));
    expect(await events.listIdentityEvents((await makeProject()).id, identityId, limit)).toEqual([]);
  }));
