// The rows that Signet writes for an identity, for the second reference.
import { randomBytes, randomUUID } from 'node:crypto';

/** [table, values]: the rest of each row is that of an existing one. `stored` is how the database writes a time. */
export function rowsOf(row, projectId, stored) {
  const { email, name } = JSON.parse(row.traits);
  const [createdAt, updatedAt] = [stored(row.createdAt), stored(row.updatedAt)];
  const owned = { projectId, identityId: row.id, value: email, createdAt };
  const [verifiable] = JSON.parse(row.verifiable);
  const [recovery] = JSON.parse(row.recovery);
  return [
    [
      'Identity',
      {
        id: row.id,
        projectId,
        state: row.state,
        stateChangedAt: stored(row.stateChangedAt),
        traits: row.traits,
        searchText: [email, name.first, name.last].join('\n').toLowerCase(),
        sortName: `${name.first} ${name.last}`.toLowerCase(),
        userHandle: randomBytes(32).toString('base64url'),
        version: 1,
        createdAt,
        updatedAt,
      },
    ],
    ['Identifier', { ...owned, id: randomUUID() }],
    ['VerifiableAddress', { ...owned, id: verifiable.id, updatedAt }],
    ['RecoveryAddress', { ...owned, id: recovery.id, updatedAt }],
  ];
}

/** An audit event of about the size of Signet's. */
export function eventOf(type, row, projectId) {
  const changes = [{ pointer: '/traits', before: null, after: JSON.parse(row.traits) }];
  const own = { id: randomUUID(), projectId, type, identityId: row.id, requestId: randomUUID() };
  return {
    ...own,
    actorKind: 'api_credential',
    actorId: 'reference',
    details: JSON.stringify({ changes }),
    createdAt: row.updatedAt,
  };
}
