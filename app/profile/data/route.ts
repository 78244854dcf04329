import { listIdentityEvents } from '@/lib/audit/service';
import { listPasskeys } from '@/lib/credential/service';
import { requireSession } from '@/lib/http/session';
import { toIdentityResponse } from '@/lib/identity/contract';
import { setAt } from '@/lib/platform/json';
import { fieldsOf } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import { listSessions } from '@/lib/session/service';

const MOST_EVENTS = 10_000;

/**
 * "Download your data": what is stored about whoever is signed in, without keys, without what operators
 * note, and without the traits that the schema hides from them.
 */
export async function GET(): Promise<Response> {
  const proof = await requireSession();
  const { project, identity } = proof;
  const [schema, passkeys, sessions, events] = await Promise.all([
    getSchema(project.id, identity.schemaId, identity.schemaVersion),
    listPasskeys(project.id, identity.id),
    listSessions(proof),
    listIdentityEvents(project.id, identity.id, MOST_EVENTS),
  ]);
  const { metadata_admin: _forOperators, ...profile } = toIdentityResponse(identity, project.origin);
  const hidden = fieldsOf(schema.document).filter(({ selfService }) => selfService === 'hidden');
  const traits = hidden.reduce((kept, { path }) => setAt(kept, path, undefined), identity.traits);
  const concealed = ['/metadata_admin', ...hidden.map(({ pointer }) => pointer)];
  const data = {
    exported_at: new Date(),
    identity: { ...profile, traits, language: identity.locale },
    passkeys: passkeys.map(({ credentialId, name, aaguid, isBackedUp, createdAt, lastUsedAt }) => ({
      id: credentialId,
      name,
      aaguid,
      synced: isBackedUp,
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
    activity: events.map(({ type, actorKind, address, details, createdAt }) => ({
      type,
      by: actorKind,
      address,
      details: withoutChanges(details, concealed),
      created_at: createdAt,
    })),
  };
  return new Response(`${JSON.stringify(data, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="signet-data.json"',
      'cache-control': 'private, no-store',
    },
  });
}

/** The details of an event without the changes of some fields. */
function withoutChanges({ changes, ...rest }: Record<string, unknown>, concealed: string[]): Record<string, unknown> {
  if (typeof changes !== 'object' || changes === null) return rest;
  const isConcealed = (pointer: string) => concealed.some((hidden) => `${pointer}/`.startsWith(`${hidden}/`));
  return { ...rest, changes: Object.fromEntries(Object.entries(changes).filter(([pointer]) => !isConcealed(pointer))) };
}
