import { findApiCredential } from '@/lib/api-credential/service';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { displayName } from '@/lib/identity/model/name';
import { listAfter } from '@/lib/identity/service';
import type { JobView } from '@/lib/job/model';
import type { ProjectProof } from '@/lib/web/console';

export type JobActors = (job: JobView) => string;

/** The names of those who started these jobs. Operators' accounts are in the project of the signed-in operator. */
export async function jobActors(
  { person, project }: Pick<ProjectProof, 'person' | 'project'>,
  jobs: JobView[],
  locale: Locale,
): Promise<JobActors> {
  const t = translator(locale, 'consoleAudit.kinds');
  const idsOf = (kind: string) => [
    ...new Set(jobs.flatMap(({ actor }) => (actor.kind === kind && actor.id !== null ? [actor.id] : []))),
  ];
  const ids = idsOf('operator');
  const [operators, programs] = await Promise.all([
    ids.length === 0 ? [] : listAfter(person.project.id, { ids }, null, ids.length),
    Promise.all(idsOf('api_credential').map((clientId) => findApiCredential(project.id, clientId))),
  ]);
  const names = new Map([
    ...operators.map((one) => [one.id, displayName(one) || one.id] as const),
    ...programs.flatMap((one) => (one ? [[one.clientId, one.name] as const] : [])),
  ]);
  return ({ actor: { kind, id } }) => (id === null ? t(kind) : (names.get(id) ?? t(kind)));
}
