import type { Application } from '@/lib/application/model';
import { findApplicationById } from '@/lib/application/service';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { SessionProof } from '@/lib/session/model';
import type { AuthorizationRequest, StoredRequest } from '../model';
import { answerRequest } from '../repository/request';
import { parameterOf, readRequest } from './read-request';
import { findStoredRequest } from './stored-request';

export type PendingRequest = { application: Application; request: AuthorizationRequest; stored: StoredRequest };

/** A stored request as the pages show it, with its application as it is now; null when it has ended. */
export async function findPendingRequest(projectId: string, id: string): Promise<PendingRequest | null> {
  const stored = await findStoredRequest(projectId, id);
  const application = stored && (await findApplicationById(projectId, stored.applicationId));
  if (!application || application.disabledAt !== null) return null;
  const read = readRequest(application, parameterOf(stored.parameters, 'redirect_uri') ?? '', stored.parameters);
  return 'fault' in read ? null : { application, request: read.request, stored };
}

/**
 * Records that the person allows or denies a request, which continues at the authorization endpoint. Refuses:
 * `request_ended` when it has ended or another browser began it.
 */
export async function answerConsent(
  { identity, project }: SessionProof,
  { id, browserHash, isAllowed }: { id: string; browserHash: string | null; isAllowed: boolean },
): Promise<void> {
  const stored = await findStoredRequest(project.id, id);
  const now = new Date();
  const answer = isAllowed ? { allowedBy: identity.id, allowedEpoch: identity.revocationEpoch } : { deniedAt: now };
  const isAnswered =
    stored !== null &&
    browserHash !== null &&
    (await transaction((tx) => answerRequest(tx, { ...stored, browserHash }, answer, now)));
  if (!isAnswered) throw new AppError('request_ended');
}
