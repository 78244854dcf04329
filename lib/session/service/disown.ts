import { recordEvent } from '@/lib/audit/service';
import { findIdentity } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { SignInAlert } from '../model/alert';
import { listSessionsOfAlert } from '../repository';
import * as rows from '../repository/alert';
import { endRow } from './end';
import { alertHash } from './recognize';

type Client = { projectId: string; requestId: string; address: string };

/** Whether the link of an alert still works. Writes nothing. */
export async function peekSignInAlert(projectId: string, token: string): Promise<boolean> {
  const alert = await rows.findOpenAlert(projectId, alertHash(token), new Date());
  return alert !== null && (await isCurrent(alert));
}

/**
 * "This wasn't me": ends the sign-in that the alert is about, with every session that replaced it, and forgets its
 * browser. Opens no session. Only for POST: mail scanners follow links by GET.
 * Refuses: `link_used_or_expired`, also for an inactive identity and one whose sessions were all revoked since.
 */
export async function disownSignIn({ projectId, requestId, address }: Client, token: string): Promise<void> {
  const actor: Actor = { projectId, kind: 'system', id: null, requestId, address };
  await transaction(async (tx) => {
    const now = new Date();
    const alert = await rows.findOpenAlert(projectId, alertHash(token), now, tx);
    if (!alert || !(await rows.consumeAlert(tx, alert, now)) || !(await isCurrent(alert, tx)))
      throw new AppError('link_used_or_expired');
    await rows.deleteAlertedBrowsers(tx, alert);
    const sessions = await listSessionsOfAlert(tx, alert);
    for (const session of sessions) await endRow(tx, actor, session, { reason: 'disowned' });
    const details = { count: sessions.length };
    await recordEvent(tx, actor, { type: 'sign_in.disowned', identityId: alert.identityId, details });
  });
}

async function isCurrent({ projectId, identityId, revocationEpoch }: SignInAlert, tx?: Tx): Promise<boolean> {
  const identity = await findIdentity(projectId, identityId, tx);
  return identity?.state === 'active' && identity.revocationEpoch === revocationEpoch;
}
