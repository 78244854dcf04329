import { ACTOR_KINDS, type AuditFilter, isAuditEventType } from '@/lib/audit/model';
import { findIdentity, findIdentityByIdentifier } from '@/lib/identity/service';
import { isUuid } from '@/lib/platform/ids';
import type { ProjectProof } from '@/lib/web/console';
import type { Search } from '@/lib/web/cursor-page';

/** The filters in the audit log's URL, each as typed. Meaningless values are left out. */
export type TypedFilters = Record<'type' | 'kind' | 'actor' | 'user' | 'job' | 'from' | 'to', string>;

const DAY_MILLIS = 24 * 60 * 60 * 1000;

export function readTypedFilters(search: Search): TypedFilters {
  const text = (name: string) => {
    const value = search[name];
    return typeof value === 'string' ? value.trim().slice(0, 320) : '';
  };
  const kind = text('kind');
  const type = text('type');
  return {
    type: isAuditEventType(type) ? type : '',
    kind: ACTOR_KINDS.some((known) => known === kind) ? kind : '',
    actor: text('actor'),
    user: text('user'),
    job: text('job'),
    from: dayOf(text('from')) ? text('from') : '',
    to: dayOf(text('to')) ? text('to') : '',
  };
}

/** Null when a filter names an unknown person: then no event can match. */
export async function toFilter(proof: ProjectProof, typed: TypedFilters): Promise<AuditFilter | null> {
  const [actorId, identityId] = await Promise.all([
    idOfActor(proof, typed.actor),
    idOfUser(proof.project.id, typed.user),
  ]);
  if (actorId === null || identityId === null) return null;
  const until = dayOf(typed.to);
  return {
    type: isAuditEventType(typed.type) ? typed.type : undefined,
    actorKind: ACTOR_KINDS.find((kind) => kind === typed.kind),
    actorId,
    identityId,
    jobId: typed.job === '' ? undefined : typed.job.toLowerCase(),
    from: dayOf(typed.from),
    until: until && new Date(until.getTime() + DAY_MILLIS),
  };
}

/** The log's URL with these filters, for links. */
export function logHref(
  base: string,
  typed: Partial<TypedFilters>,
  at: { before?: string; after?: string } = {},
): string {
  const entries = Object.entries({ ...typed, ...at }).filter(([, value]) => value);
  return entries.length === 0 ? base : `${base}?${new URLSearchParams(entries)}`;
}

function dayOf(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const day = new Date(`${text}T00:00:00.000Z`);
  return Number.isNaN(day.getTime()) ? undefined : day;
}

/**
 * The email address of an operator or a person, a client ID, or any ID. Operators' accounts are in the project of the
 * signed-in operator.
 */
async function idOfActor({ person, project }: ProjectProof, typed: string): Promise<string | null | undefined> {
  if (!typed.includes('@')) return typed || undefined;
  const own = await findIdentityByIdentifier(project.id, typed);
  return (own ?? (await findIdentityByIdentifier(person.project.id, typed)))?.id ?? null;
}

async function idOfUser(projectId: string, typed: string): Promise<string | null | undefined> {
  if (typed === '') return undefined;
  if (isUuid(typed.toLowerCase())) return (await findIdentity(projectId, typed))?.id ?? typed.toLowerCase();
  return (await findIdentityByIdentifier(projectId, typed))?.id ?? null;
}
