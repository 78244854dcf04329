import { recordEvent } from '@/lib/audit/service';
import { findIdentity, touchIdentity } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { isAppError } from '@/lib/platform/errors';
import { claimingJob } from '@/lib/platform/job';
import { errorFields, log } from '@/lib/platform/log';
import type { SessionProof } from '@/lib/session/model';
import { HELD_UNDO_SECONDS, type PasskeyDeletion } from '../model/deletion';
import { insertPasskeys, listPasskeys } from '../repository';
import * as rows from '../repository/deletion';
import { guardPasskeyLimit } from './enroll';
import { notifyHolder } from './notify-owner';

const RETRY_SECONDS = 60;

/**
 * Restores a passkey that this session deleted some seconds ago; nothing was recorded or mailed. False if it is too late,
 * if everything of the identity was revoked since, or if the same passkey was registered again. Needs no fresh
 * authentication: the deletion did, a minute ago at most, and a step-up in between would replace the session.
 * Refuses: `too_many_passkeys`.
 */
export async function undoPasskeyDeletion(proof: SessionProof, id: string, now = new Date()): Promise<boolean> {
  const { project, identity, session } = proof;
  const holder = { projectId: project.id, identityId: identity.id };
  try {
    return await transaction(async (tx) => {
      await touchIdentity(tx, project.id, identity.id);
      const current = await findIdentity(project.id, identity.id, tx);
      const deletion = await rows.findDeletion(tx, holder, id);
      // Another session may be the one whose passkey was deleted.
      if (!current || !deletion || deletion.sessionId !== session.id || now >= deletion.dueAt) return false;
      if (current.state !== 'active' || current.revocationEpoch !== deletion.revocationEpoch) return false;
      if (!(await rows.takeDeletion(tx, deletion))) return false;
      guardPasskeyLimit(await listPasskeys(project.id, identity.id, tx));
      await insertPasskeys(tx, [deletion.passkey]);
      return true;
    });
  } catch (error) {
    if (isAppError(error) && error.code === 'passkey_already_registered') return false;
    throw error;
  }
}

/** Extends the time to undo, up to a minute after the deletion, for a person who has reached the button. */
export async function holdPasskeyDeletion({ project, identity, session }: SessionProof, id: string): Promise<void> {
  const holder = { projectId: project.id, identityId: identity.id };
  await rows.postponeDeletion(holder, { id, sessionId: session.id, now: new Date(), seconds: HELD_UNDO_SECONDS });
}

/** Records and mails deletions whose time to undo has passed, also those of a process that was killed. */
export const deletionJob = claimingJob<PasskeyDeletion>({
  name: 'credential.finish-deletions',
  concurrency: 1,
  claimNext: async (now) => (await rows.listDueDeletions(now, 1))[0] ?? null,
  run: finishOrPostpone,
});

/** Finishes every due deletion, for tests; resolves to their number. */
export async function finishPasskeyDeletions(now = new Date()): Promise<number> {
  const due = await rows.listDueDeletions(now, 1000);
  for (const deletion of due) await finish(deletion);
  return due.length;
}

async function finishOrPostpone(deletion: PasskeyDeletion): Promise<void> {
  try {
    await finish(deletion);
  } catch (error) {
    log.error('passkey deletion not recorded', { passkey_id: deletion.passkey.id, ...errorFields(error) });
    await rows.retryDeletion(deletion, new Date(Date.now() + RETRY_SECONDS * 1000));
  }
}

/** Of several processes, one records the deletion. */
async function finish(deletion: PasskeyDeletion): Promise<void> {
  const { requestId, address, userAgent, passkey } = deletion;
  const { id, projectId, identityId, name, aaguid } = passkey;
  const actor: Actor = { projectId, kind: 'identity', id: identityId, requestId, address, userAgent: userAgent ?? '' };
  await transaction(async (tx) => {
    if (!(await rows.takeDeletion(tx, deletion))) return;
    await recordEvent(tx, actor, { type: 'passkey.deleted', identityId, details: { passkey_id: id, name, aaguid } });
    const identity = await findIdentity(projectId, identityId, tx);
    if (identity) await notifyHolder(tx, actor, identity, 'passkey_deleted', name);
  });
}
