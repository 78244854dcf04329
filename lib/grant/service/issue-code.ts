import type { Application } from '@/lib/application/model';
import { findApplicationById } from '@/lib/application/service';
import { openApplicationSession } from '@/lib/application-session/service';
import { recordEvent } from '@/lib/audit/service';
import { transaction } from '@/lib/platform/db/transaction';
import { isAppError } from '@/lib/platform/errors';
import { metrics } from '@/lib/platform/metrics';
import { hmac, randomToken } from '@/lib/platform/secret';
import type { SessionProof } from '@/lib/session/model';
import { getSession } from '@/lib/session/service';
import { type AuthorizationRequest, CODE_SECONDS, type Grant, type StoredRequest } from '../model';
import { insertCode } from '../repository/code';
import { putGrant } from '../repository/grant';
import { consumeRequest } from '../repository/request';
import { secondsAfter } from './stored-request';

type Issue = {
  proof: SessionProof;
  application: Application;
  request: AuthorizationRequest;
  /** What the person allowed before, or null. */
  granted: Grant | null;
  stored: StoredRequest | null;
};

/**
 * Signs the person in at the application: request used, application session, grant, code and event, in one transaction.
 * `ended`: the request was used or has expired, or the application was disabled. `signed_out`: the session ended.
 */
export async function issueCode(
  { projectId }: { projectId: string },
  { proof, application, request, granted, stored }: Issue,
): Promise<{ code: string } | 'ended' | 'signed_out'> {
  const { actor, identity, session, project } = proof;
  const code = randomToken();
  const outcome = await transaction(async (tx) => {
    const now = new Date();
    if (!(await isStillLive(() => getSession(project, identity, session.id, tx)))) return 'signed_out';
    if (stored && !(await consumeRequest(tx, stored, now))) return 'ended';
    const current = await findApplicationById(projectId, application.id, tx);
    if (!current || current.disabledAt !== null) return 'ended';
    const { method, authenticatedAt } = session;
    const opened = await openApplicationSession(tx, { application, identity, session, method, authenticatedAt });
    const scopes = [...new Set([...(granted?.scopes ?? []), ...request.scopes])];
    if (scopes.length > (granted?.scopes.length ?? 0)) {
      await putGrant(tx, { projectId, applicationId: application.id, identityId: identity.id }, scopes, now);
      const details = { ...named(application), scopes };
      await recordEvent(tx, actor, { type: 'grant.given', identityId: identity.id, details });
    }
    await insertCode(tx, {
      ...{ hash: hashCode(code), projectId, applicationSessionId: opened.id, redirectUri: request.redirectUri },
      ...{ challenge: request.challenge, nonce: request.nonce, scopes: request.scopes, audiences: request.audiences },
      ...{ createdAt: now, expiresAt: secondsAfter(now, CODE_SECONDS), consumedAt: null, familyId: null },
    });
    const details = { ...named(application), sid: opened.id, scopes: request.scopes };
    await recordEvent(tx, actor, { type: 'application.signed_in', identityId: identity.id, details });
    return 'issued';
  });
  if (outcome !== 'issued') return outcome;
  metrics().authorizationCodes.inc();
  return { code };
}

/** Ends a stored request whose answer is an error. False if it has ended. */
export async function spendRequest(stored: StoredRequest): Promise<boolean> {
  return transaction((tx) => consumeRequest(tx, stored, new Date()));
}

export function hashCode(code: string): string {
  return hmac('authorization-code', code);
}

/** How events name an application. */
export function named({ clientId, name }: Pick<Application, 'clientId' | 'name'>): { client_id: string; name: string } {
  return { client_id: clientId, name };
}

async function isStillLive(find: () => Promise<unknown>): Promise<boolean> {
  try {
    await find();
    return true;
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') return false;
    throw error;
  }
}
