import type { AuditEvent } from '@/lib/audit/model';
import { listIdentityEvents } from '@/lib/audit/service';
import { listPasskeys } from '@/lib/credential/service';
import { toIdentityResponse } from '@/lib/identity/contract';
import { setAt } from '@/lib/platform/json';
import { fieldsOf, type SchemaField } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import { listSessions } from '@/lib/session/service';
import { personRoute } from '@/lib/web/page-route';
import type { Proof } from '@/lib/web/session';
import { toStream } from '@/lib/web/stream';

/**
 * "Download your data": everything stored about the person, without keys, admin metadata and traits the schema hides
 * from them. Events are read and streamed page by page, as there may be many.
 */
export const GET = personRoute({ fresh: false }, async (proof) => {
  const { project, identity } = proof;
  const schema = await getSchema(project.id, identity.schemaId, identity.schemaVersion);
  // Identifiers are never hidden from their owner, even if an old schema says so.
  const hidden = fieldsOf(schema.document).filter((field) => field.selfService === 'hidden' && !field.isIdentifier);
  const [account, firstPage] = await Promise.all([accountOf(proof, hidden), eventsBefore(proof)]);
  const concealed = ['/metadata_admin', ...hidden.map(({ pointer }) => pointer)];
  return new Response(toStream(textOf(account, activityOf(proof, firstPage, concealed))), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="signet-data.json"',
      'cache-control': 'private, no-store',
    },
  });
});

async function accountOf(proof: Proof, hidden: SchemaField[]) {
  const { project, identity } = proof;
  const [passkeys, sessions] = await Promise.all([listPasskeys(project.id, identity.id), listSessions(proof)]);
  const { metadata_admin: _forOperators, ...profile } = toIdentityResponse(identity, project.origin);
  const traits = hidden.reduce((kept, { path }) => setAt(kept, path, undefined), identity.traits);
  return {
    exported_at: new Date(),
    identity: { ...profile, traits, language: identity.locale },
    passkeys: passkeys.map(({ credentialId, name, aaguid, isBackedUp, addedBy, createdAt, lastUsedAt }) => ({
      id: credentialId,
      name,
      aaguid,
      synced: isBackedUp,
      added_by: addedBy,
      created_at: createdAt,
      last_used_at: lastUsedAt,
    })),
    sessions: sessions.map(({ session, device }) => ({
      device,
      address: session.address,
      method: session.method,
      created_at: session.createdAt,
      last_seen_at: session.lastSeenAt,
      expires_at: session.expiresAt,
    })),
  };
}

const PAGE_SIZE = 100;

function eventsBefore({ project, identity }: Proof, id?: string): Promise<AuditEvent[]> {
  return listIdentityEvents(project.id, identity.id, PAGE_SIZE, id);
}

/** Newest first. The first page was read beforehand, so that a database failure shows in the status. */
async function* activityOf(proof: Proof, firstPage: AuditEvent[], concealed: string[]) {
  for (let page = firstPage; page.length > 0; page = await eventsBefore(proof, page.at(-1)?.id)) {
    yield page.map((event) => toActivity(event, proof.identity.id, concealed));
    if (page.length < PAGE_SIZE) return;
  }
}

/**
 * The address is the person's own or that of a failed attempt on their account; never an operator's or an API client's.
 */
function toActivity(
  { type, actorKind, actorId, address, details, createdAt }: AuditEvent,
  id: string,
  concealed: string[],
) {
  return {
    type,
    by: actorKind,
    address: actorId === id || actorKind === 'system' ? address : null,
    details: withoutChanges(details, concealed),
    created_at: createdAt,
  };
}

/** The details of an event without the changes of some fields. */
function withoutChanges({ changes, ...rest }: Record<string, unknown>, concealed: string[]): Record<string, unknown> {
  if (typeof changes !== 'object' || changes === null) return rest;
  const isConcealed = (pointer: string) => concealed.some((hidden) => `${pointer}/`.startsWith(`${hidden}/`));
  return { ...rest, changes: Object.fromEntries(Object.entries(changes).filter(([pointer]) => !isConcealed(pointer))) };
}

/** One JSON object whose last member holds the pages' items, one per line. */
async function* textOf(account: object, activity: AsyncIterable<object[]>): AsyncGenerator<string> {
  yield `${JSON.stringify(account, null, 2).slice(0, -'\n}'.length)},\n  "activity": [`;
  let separator = '\n';
  for await (const page of activity) {
    yield page.map((item, at) => `${at === 0 ? separator : ',\n'}    ${JSON.stringify(item)}`).join('');
    separator = ',\n';
  }
  yield '\n  ]\n}\n';
}
