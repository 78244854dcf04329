import { findApiCredential } from '@/lib/api-credential/service';
import type { AuditEvent } from '@/lib/audit/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { displayName } from '@/lib/identity/model/name';
import { listAfter } from '@/lib/identity/service';
import type { ProjectProof } from '@/lib/web/console';

export type AuditNames = {
  /** The person an event concerns; "" when it concerns none. */
  subjectOf: (event: AuditEvent) => string;
  actorOf: (event: AuditEvent) => string;
};

/** The display names of the people and programs in a page of events. A deleted person is labelled as deleted. */
export async function namesOf(
  { person, project }: Pick<ProjectProof, 'person' | 'project'>,
  events: AuditEvent[],
  locale: Locale,
): Promise<AuditNames> {
  const t = translator(locale, 'consoleAudit');
  const actors = (kind: AuditEvent['actorKind']) =>
    unique(events.filter(({ actorKind }) => actorKind === kind).map(({ actorId }) => actorId));
  const users = unique([...events.map(({ identityId }) => identityId), ...actors('identity')]);
  const [own, operators, credentials] = await Promise.all([
    namesIn(project.id, users),
    namesIn(person.project.id, actors('operator')),
    Promise.all(actors('api_credential').map((clientId) => findApiCredential(project.id, clientId))),
  ]);
  const programs = new Map(credentials.flatMap((known) => (known ? [[known.clientId, known.name] as const] : [])));
  const subjectOf = ({ identityId }: AuditEvent) => (identityId ? (own.get(identityId) ?? t('deletedUser')) : '');
  const actorOf = ({ actorKind, actorId }: AuditEvent) => {
    if (!actorId || actorKind === 'cli' || actorKind === 'system') return t(`kinds.${actorKind}`);
    if (actorKind === 'operator') return operators.get(actorId) ?? t('kinds.operator');
    if (actorKind === 'api_credential') return programs.get(actorId) ?? actorId;
    return own.get(actorId) ?? t('deletedUser');
  };
  return { subjectOf, actorOf };
}

async function namesIn(projectId: string, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await listAfter(projectId, { ids }, null, ids.length);
  return new Map(found.map((identity) => [identity.id, displayName(identity) || identity.id]));
}

function unique(ids: Array<string | null>): string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}
