import { findApiCredential } from '@/lib/api-credential/service';
import type { AuditEvent } from '@/lib/audit/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { displayName } from '@/lib/identity/model/name';
import { listAfter, listDeletedSummaries } from '@/lib/identity/service';
import { isJsonObject } from '@/lib/platform/json';
import { fieldsOf, fieldTitle } from '@/lib/schema/model';
import { listSchemas } from '@/lib/schema/service';
import type { ProjectProof } from '@/lib/web/console';

export type AuditNames = {
  /** The person an event concerns; "" when it concerns none. */
  subjectOf: (event: AuditEvent) => string;
  actorOf: (event: AuditEvent) => string;
  /** The name of an API credential of the project. */
  programOf: (clientId: string) => string | undefined;
  /** The schemas' titles of traits, by pointer. */
  titles: ReadonlyMap<string, string>;
};

/**
 * The names of what a page of events mentions: display names of people and programs, titles of traits. A person
 * in the recycle bin keeps their name; one deleted permanently is labelled as deleted.
 */
export async function namesOf(
  { person, project }: Pick<ProjectProof, 'person' | 'project'>,
  events: AuditEvent[],
  locale: Locale,
): Promise<AuditNames> {
  const t = translator(locale, 'consoleAudit');
  const actors = (kind: AuditEvent['actorKind']) =>
    unique(events.filter(({ actorKind }) => actorKind === kind).map(({ actorId }) => actorId));
  const users = unique([...events.map(({ identityId }) => identityId), ...actors('identity')]);
  const unnamed = unique(events.map(({ details }) => (details.name ? null : textOf(details.client_id))));
  const [own, operators, credentials, titles] = await Promise.all([
    namesIn(project.id, users),
    namesIn(person.project.id, actors('operator')),
    Promise.all(
      unique([...actors('api_credential'), ...unnamed]).map((clientId) => findApiCredential(project.id, clientId)),
    ),
    events.some(changesTraits) ? titlesIn(project.id, locale) : new Map<string, string>(),
  ]);
  const programs = new Map(credentials.flatMap((known) => (known ? [[known.clientId, known.name] as const] : [])));
  const subjectOf = ({ identityId }: AuditEvent) => (identityId ? (own.get(identityId) ?? t('deletedUser')) : '');
  const actorOf = ({ actorKind, actorId, address }: AuditEvent) => {
    // A client's address, but no one signed in.
    if (actorKind === 'system' && address !== null) return t('kinds.visitor');
    if (!actorId || actorKind === 'cli' || actorKind === 'system') return t(`kinds.${actorKind}`);
    if (actorKind === 'operator') return operators.get(actorId) ?? t('kinds.operator');
    if (actorKind === 'api_credential') return programs.get(actorId) ?? actorId;
    return own.get(actorId) ?? t('deletedUser');
  };
  return { subjectOf, actorOf, programOf: (clientId) => programs.get(clientId), titles };
}

function changesTraits({ details: { changes } }: AuditEvent): boolean {
  return isJsonObject(changes) && Object.keys(changes).some((pointer) => pointer.startsWith('/traits/'));
}

/** By the newest version of each schema. Where several describe a trait, the oldest schema counts. */
async function titlesIn(projectId: string, locale: Locale): Promise<Map<string, string>> {
  const schemas = await listSchemas(projectId);
  const fields = schemas.flatMap(({ document }) => fieldsOf(document)).reverse();
  return new Map(fields.map((field) => [field.pointer, fieldTitle(field, locale)]));
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

async function namesIn(projectId: string, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await listAfter(projectId, { ids }, null, ids.length);
  const names = new Map(found.map((identity) => [identity.id, displayName(identity) || identity.id]));
  const others = ids.filter((id) => !names.has(id));
  const deleted =
    others.length === 0 ? [] : await listDeletedSummaries(projectId, { ids: others }, { limit: others.length });
  for (const { identityId, name } of deleted) names.set(identityId, name || identityId);
  return names;
}

function unique(ids: Array<string | null>): string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}
