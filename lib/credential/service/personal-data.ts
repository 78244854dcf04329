import type { AuditEvent } from '@/lib/audit/model';
import { listIdentityEvents } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import type { Picture } from '@/lib/picture/model';
import { findPicture } from '@/lib/picture/service';
import { setAt } from '@/lib/platform/json';
import { fieldsOf, type SchemaField } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import type { ListedSession, SessionProof } from '@/lib/session/model';
import { listSessions } from '@/lib/session/service';
import type { Passkey } from '../model';
import { listPasskeys } from '../repository';

export type PersonalData = {
  /** Without the traits that the schema hides from the person, and without admin metadata. */
  identity: Identity;
  picture: Picture | null;
  passkeys: Passkey[];
  sessions: ListedSession[];
  /** The fields of its schema that the person sees. */
  fields: SchemaField[];
  /** Newest first, page by page, as there may be many. Each call reads them again. */
  activity: () => AsyncGenerator<AuditEvent[]>;
};

const PAGE_SIZE = 100;

/** All stored data of the signed-in identity, without keys and without fields hidden from it. */
export async function getPersonalData(proof: SessionProof): Promise<PersonalData> {
  const { project, identity } = proof;
  const schema = await getSchema(project.id, identity.schemaId, identity.schemaVersion);
  // Identifiers are never hidden from their owner, even if an old schema says so.
  const all = fieldsOf(schema.document);
  const hidden = all.filter((field) => field.selfService === 'hidden' && !field.isIdentifier);
  const concealed = ['/metadata_admin', ...hidden.map(({ pointer }) => pointer)];
  const [picture, passkeys, sessions, firstPage] = await Promise.all([
    identity.pictureId === null ? null : findPicture(project.id, identity.pictureId),
    listPasskeys(project.id, identity.id),
    listSessions(proof),
    eventsBefore(identity),
  ]);
  return {
    identity: { ...identity, traits: withoutFields(identity, hidden), metadataAdmin: null },
    picture,
    passkeys,
    sessions,
    fields: all.filter((field) => !hidden.includes(field)),
    activity: () => activityOf(identity, firstPage, concealed),
  };
}

function withoutFields({ traits }: Identity, hidden: SchemaField[]): Identity['traits'] {
  return hidden.reduce((kept, { path }) => setAt(kept, path, undefined), traits);
}

function eventsBefore({ projectId, id }: Identity, before?: string): Promise<AuditEvent[]> {
  return listIdentityEvents(projectId, id, PAGE_SIZE, before);
}

/** The caller has read the first page beforehand, so that a database failure shows before anything is sent. */
async function* activityOf(identity: Identity, firstPage: AuditEvent[], concealed: string[]) {
  for (let page = firstPage; page.length > 0; page = await eventsBefore(identity, page.at(-1)?.id)) {
    yield page.map((event) => toOwnEvent(event, identity.id, concealed));
    if (page.length < PAGE_SIZE) return;
  }
}

/**
 * The address is the person's own or that of a failed attempt on their account, never an operator's or an API client's.
 */
function toOwnEvent(event: AuditEvent, id: string, concealed: string[]): AuditEvent {
  const isOwnAddress = event.actorId === id || event.actorKind === 'system';
  return {
    ...event,
    address: isOwnAddress ? event.address : null,
    details: withoutChanges(event.details, concealed),
  };
}

/** The details of an event without the changes of some fields. */
function withoutChanges({ changes, ...rest }: Record<string, unknown>, concealed: string[]): Record<string, unknown> {
  if (typeof changes !== 'object' || changes === null) return rest;
  const isConcealed = (pointer: string) => concealed.some((hidden) => `${pointer}/`.startsWith(`${hidden}/`));
  return { ...rest, changes: Object.fromEntries(Object.entries(changes).filter(([pointer]) => !isConcealed(pointer))) };
}
