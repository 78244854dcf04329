import { recordEvent } from '@/lib/audit/service';
import { addressMail } from '@/lib/identity/model/address-mail';
import { findIdentity } from '@/lib/identity/service';
import { queueMail } from '@/lib/mail/service';
import { systemActor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { findOrganization, getFirstProject, getProject } from '@/lib/project/service';
import { listManagers } from '@/lib/role/service';
import type { OffReason, Webhook } from '../model';
import * as rows from '../repository';
import { subjectOf } from './change';

/** Switches a failing endpoint off and mails the owners and admins. Does nothing if it changed in the meantime. */
export async function switchOff(
  { projectId, id }: Pick<Webhook, 'projectId' | 'id'>,
  reason: Exclude<OffReason, 'operator'>,
  now: Date,
): Promise<void> {
  await transaction(async (tx) => {
    const before = await rows.findWebhook(projectId, id, tx);
    if (!before?.isActive) return;
    const after: Webhook = {
      ...before,
      isActive: false,
      offReason: reason,
      offSince: now,
      version: before.version + 1,
      updatedAt: now,
    };
    if (!(await rows.updateWebhook(tx, after, before.version))) return;
    const details = { ...subjectOf(after), reason, failing_since: before.failingSince?.toISOString() ?? null };
    await recordEvent(tx, systemActor(projectId), { type: 'webhook.disabled', details });
    await notifyManagers(tx, after, reason);
  });
}

/** Operators are identities of the first project, whose pages include the console. */
async function notifyManagers(tx: Tx, webhook: Webhook, reason: Exclude<OffReason, 'operator'>): Promise<void> {
  const [first, project] = await Promise.all([getFirstProject(), getProject(webhook.projectId)]);
  const organization = await findOrganization(project.organizationId, tx);
  if (!organization) return;
  const link = `${first.origin}/console/${organization.slug}/${project.slug}/settings/webhooks/${webhook.id}`;
  const params = { project: project.name, host: new URL(webhook.url).host, reason, link };
  for (const identityId of await listManagers(organization.id, tx)) {
    const identity = await findIdentity(first.id, identityId, tx);
    const envelope = identity && addressMail(identity);
    if (envelope) await queueMail(tx, first.id, { ...envelope, kind: 'webhook_disabled', params });
  }
}
