import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { all, statement } from '@/lib/platform/db/statement';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { makeProject } from '@/testing/project';
import { ADDRESS_STATUSES, IDENTITY_STATES, type Identity } from '../model';
import { findIdentity } from '../repository';
import { toIdentifierRow, toRecoveryRow, toRow, toVerifiableRow } from './row';
import { deleteIdentityRow, insertIdentities, insertIdentity, raiseVersion, updateIdentity } from './write';

let projectId: string;
beforeAll(async () => {
  projectId = (await makeProject()).id;
});

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((one) => one.isWellFormed() && !one.includes('\0'));
const date = fc.date({ min: new Date('1970-01-01'), max: new Date('2999-12-31'), noInvalidDate: true });
const json = fc.oneof(fc.constant(null), fc.dictionary(text, text, { maxKeys: 3 }));
const unique = text.map((one) => `${one}${newId()}`);
const address = fc.record({ id: fc.constant(0).map(() => newId()), value: unique, createdAt: date, updatedAt: date });
const verifiable = fc.record({
  address,
  status: fc.constantFrom(...ADDRESS_STATUSES),
  verified: fc.boolean(),
  verifiedAt: fc.option(date),
});
const parts = {
  identifiers: fc.array(unique, { maxLength: 3 }),
  verifiableAddresses: fc.array(
    verifiable.map(({ address: one, ...rest }) => ({ ...one, ...rest, via: 'email' as const })),
    { maxLength: 3 },
  ),
  recoveryAddresses: fc.array(
    address.map((one) => ({ ...one, via: 'email' as const })),
    { maxLength: 3 },
  ),
};
const columns = {
  schemaId: text,
  schemaVersion: fc.nat({ max: 1000 }),
  state: fc.constantFrom(...IDENTITY_STATES),
  stateChangedAt: date,
  traits: fc.dictionary(text, fc.jsonValue({ maxDepth: 2 }).filter(isStorable).map(asWritten), { maxKeys: 3 }),
  metadataPublic: json,
  metadataAdmin: json,
  externalId: fc.option(unique),
  userHandle: fc.constant(0).map(() => newId()),
  locale: fc.option(fc.constantFrom('en', 'de')),
  revocationEpoch: fc.nat({ max: 1000 }),
  identifierPointer: fc.option(text),
  version: fc.integer({ min: 1, max: 1000 }),
  deletionDueAt: fc.option(date),
  createdAt: date,
  updatedAt: date,
};
const identities = fc.record({ ...columns, ...parts }).map(
  (one) =>
    ({
      ...one,
      id: newId(),
      projectId,
      pictureId: null,
      signedInAt: null,
      operatorRoles: [],
      passkeyCount: 0,
    }) as Identity,
);

function isStorable(value: unknown): boolean {
  const written = JSON.stringify(value);
  return written.isWellFormed() && !written.includes('\\u0000') && !/\\ud[89a-f]/i.test(written);
}

/** JSON text has no -0. */
function asWritten(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** As Prisma inserts it. */
async function insertTwin(tx: Tx, identity: Identity): Promise<void> {
  const { id, createdAt, locale, deletionDueAt, version } = identity;
  await tx.identity.create({ data: { id, projectId, createdAt, ...toRow(identity), locale, deletionDueAt, version } });
  await tx.identifier.createMany({ data: identity.identifiers.map((value) => toIdentifierRow(identity, value)) });
  await tx.verifiableAddress.createMany({
    data: identity.verifiableAddresses.map((one) => toVerifiableRow(identity, one)),
  });
  await tx.recoveryAddress.createMany({ data: identity.recoveryAddresses.map((one) => toRecoveryRow(identity, one)) });
}

/** Stored rows: on SQLite an expression has no type, so nothing is converted. */
const stored = (table: string, names: string, owner: string) =>
  statement<Record<string, unknown>>(`test.stored_${table}`, {
    sqlite: `SELECT ${names.split(' ').map((name) => `quote("${name}") AS "${name}"`)} FROM "${table}" WHERE "${owner}" = $1`,
    postgresql: `SELECT ${names.split(' ').map((name) => `"${name}"::text`)} FROM "${table}" WHERE "${owner}" = $1`,
  });
const TABLES = [
  stored(
    'Identity',
    `schemaId schemaVersion state stateChangedAt traits metadataPublic metadataAdmin externalId searchText sortName userHandle locale revocationEpoch identifierPointer version createdAt updatedAt`,
    'id',
  ),
  stored('Identifier', 'projectId value createdAt', 'identityId'),
  stored('VerifiableAddress', 'id projectId value via status verified verifiedAt createdAt updatedAt', 'identityId'),
  stored('RecoveryAddress', 'id projectId value via createdAt updatedAt', 'identityId'),
];
const storedRows = async (id: string) => {
  const tables = await Promise.all(TABLES.map((table) => all(table, [id])));
  return tables.map((rows) => rows.map((row) => JSON.stringify(row)).sort());
};
const remove = async ({ id }: Identity) => (await db()).identity.deleteMany({ where: { id } });

describe('a random identity', () => {
  test('is stored exactly as by Prisma', async () => {
    await fc.assert(
      fc.asyncProperty(identities, async (identity) => {
        await transaction((tx) => insertIdentity(tx, identity));
        const ours = await storedRows(identity.id);
        expect(await findIdentity(projectId, identity.id)).toMatchObject({ id: identity.id, traits: identity.traits });
        await remove(identity);
        await transaction((tx) => insertTwin(tx, identity));
        expect(ours).toEqual(await storedRows(identity.id));
        await remove(identity);
      }),
      { numRuns: 40 },
    );
  });

  test('updated to another is stored like the other', async () => {
    const pair = fc.tuple(identities, identities, fc.boolean()).map(([before, other, keepsParts]) => {
      const { id, createdAt, locale } = before;
      const kept = keepsParts
        ? {
            identifiers: [...before.identifiers.slice(1), ...other.identifiers],
            verifiableAddresses: before.verifiableAddresses.map((one, at) => ({
              ...one,
              ...(at === 0 && { verified: !one.verified, verifiedAt: other.createdAt, updatedAt: other.updatedAt }),
            })),
            recoveryAddresses: [...before.recoveryAddresses.slice(1), ...other.recoveryAddresses],
          }
        : {};
      return [before, { ...other, id, createdAt, locale, version: before.version + 1, ...kept }] as const;
    });
    await fc.assert(
      fc.asyncProperty(pair, async ([before, after]) => {
        await transaction((tx) => insertIdentity(tx, before));
        expect(await transaction((tx) => updateIdentity(tx, before, after))).toBe(true);
        expect(await transaction((tx) => updateIdentity(tx, before, after))).toBe(false);
        const ours = await storedRows(before.id);
        await remove(before);
        await transaction((tx) => insertTwin(tx, after));
        const [row, identifiers, ...addresses] = await storedRows(before.id);
        // An unchanged identifier keeps its creation time.
        const withoutTime = (rows: string[] = []) => rows.map((one) => ({ ...JSON.parse(one), createdAt: null }));
        expect([ours[0], ...ours.slice(2)]).toEqual([row, ...addresses]);
        expect(withoutTime(ours[1])).toEqual(withoutTime(identifiers));
        await remove(before);
      }),
      { numRuns: 40 },
    );
  });

  test('is deleted with its parts, only at its version', async () => {
    const [identity] = fc.sample(identities, 1);
    if (!identity) throw new Error('no sample');
    await transaction((tx) => insertIdentity(tx, identity));
    await transaction((tx) => raiseVersion(tx, projectId, identity.id, new Date()));
    expect(await transaction((tx) => deleteIdentityRow(tx, identity))).toBe(false);
    const raised = { ...identity, version: identity.version + 1 };
    expect(await transaction((tx) => deleteIdentityRow(tx, raised))).toBe(true);
    expect(await storedRows(identity.id)).toEqual([[], [], [], []]);
  });
});

test('several are inserted all or none; of two violations, that of the identity is reported', async () => {
  const [one, two] = fc.sample(identities, 2);
  if (!one || !two) throw new Error('no sample');
  const [first, second] = [
    { ...one, externalId: newId(), identifiers: [newId()] },
    { ...two, externalId: newId(), identifiers: [newId()] },
  ];
  await transaction((tx) => insertIdentities(tx, [first]));
  const clash = { ...second, externalId: first.externalId, identifiers: first.identifiers };
  await expect(transaction((tx) => insertIdentities(tx, [clash]))).rejects.toMatchObject({ code: 'external_id_taken' });
  const taken = { ...second, identifiers: first.identifiers };
  await expect(transaction((tx) => insertIdentities(tx, [taken]))).rejects.toMatchObject({ code: 'identifier_taken' });
  const third = { ...second, id: newId(), userHandle: newId(), externalId: null };
  await expect(
    transaction((tx) => insertIdentities(tx, [{ ...third, identifiers: [newId()] }, taken])),
  ).rejects.toThrow();
  expect(await storedRows(third.id)).toEqual([[], [], [], []]);
  expect(await storedRows(second.id)).toEqual([[], [], [], []]);
});
