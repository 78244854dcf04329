import { diffJson } from '@/lib/audit/model';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { hashClientSecret, newClientId, newClientSecret } from '@/lib/platform/client-secret';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { type Application, type ApplicationKind, type ApplicationSettings, DEFAULT_SETTINGS, isPublic } from '../model';
import * as rows from '../repository';
import { replaceAllowedGroups } from '../repository/groups';
import { insertSecret } from '../repository/secrets';
import { requireGroups } from './allowed-groups';
import { requireUsable, subjectOf, toAuditFields, type WriteOptions } from './change';

export type NewApplication = Partial<ApplicationSettings> & {
  name: string;
  redirectUris: string[];
  kind?: ApplicationKind;
  /** ID of the template its settings come from. */
  template?: string | null;
};

/** The only place the secret is returned: only its hash is stored. Null for a public application. */
export type WithSecret = { application: Application; clientSecret: string | null };

/** Creates an application, one that keeps a secret with its first one. Refuses: `invalid_input`. */
export async function createApplication(
  actor: Actor,
  { kind = 'web', template = null, ...input }: NewApplication,
  { tx: outer }: Pick<WriteOptions, 'tx'> = {},
): Promise<WithSecret> {
  const clientSecret = isPublic({ kind }) ? null : newClientSecret();
  const now = new Date();
  const application = await transaction(async (tx) => {
    const wanted = await requireUsable(tx, actor.projectId, kind, { ...DEFAULT_SETTINGS, ...input });
    const groups = await requireGroups(tx, actor.projectId, wanted);
    const { groupIds: _, ...settings } = wanted;
    const made: Application = {
      id: newId(),
      projectId: actor.projectId,
      clientId: newClientId('application'),
      kind,
      template,
      ...settings,
      logoHash: null,
      disabledAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    await rows.insertApplication(tx, made);
    const groupIds = groups.map(({ id }) => id);
    await replaceAllowedGroups(tx, made, groupIds, now);
    if (clientSecret !== null)
      await insertSecret(tx, made, { hash: hashClientSecret('application', clientSecret), name: null, now });
    const changes = diffJson({}, { application_type: kind, ...toAuditFields(made, groups) });
    await recordEvent(tx, actor, { type: 'application.created', details: { ...subjectOf(made), changes } });
    return made;
  }, outer);
  return { application, clientSecret };
}
