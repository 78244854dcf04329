import type { Application } from '@/lib/application/model';
import { recordEvent } from '@/lib/audit/service';
import { transaction } from '@/lib/platform/db/transaction';
import { type PersonToken, type Revocation, readPersonToken, recordTokenRevocation } from '@/lib/token/service';
import { endFamilyRow } from '../repository/family';
import { findPartiesOfFamily } from '../repository/live-family';
import { actorOf, type TokenClient } from './actor';
import { named } from './issue-code';
import { verifyRefreshToken } from './refresh-token';

/**
 * Revokes a token of an authenticated application (RFC 7009 §2.1): an access token alone, or with a refresh token all that
 * came of its code. Idempotent. `unknown`: already invalid, which achieves the application's purpose. `foreign`: another
 * client's, not revoked.
 */
export async function revokePersonToken(
  client: TokenClient,
  application: Application,
  token: string,
): Promise<Revocation> {
  const refresh = await verifyRefreshToken(client.projectId, token);
  if (refresh) return revokeFamily(client, application, refresh.familyId);
  const access = await readPersonToken(client, token);
  return access ? revokeAccess(client, application, access) : 'unknown';
}

async function revokeFamily(client: TokenClient, application: Application, familyId: string): Promise<Revocation> {
  const { projectId } = client;
  const parties = await findPartiesOfFamily(projectId, familyId);
  if (parties?.applicationId !== application.id) return 'foreign';
  const { identityId } = parties;
  await transaction(async (tx) => {
    if (!(await endFamilyRow(tx, projectId, familyId, new Date()))) return;
    const details = { ...named(application), family: familyId };
    await recordEvent(tx, actorOf(client), { type: 'refresh_token.revoked', identityId, details });
  });
  return 'revoked';
}

async function revokeAccess(
  client: TokenClient,
  application: Application,
  { claims }: PersonToken,
): Promise<Revocation> {
  if (claims.client_id !== application.clientId) return 'foreign';
  await recordTokenRevocation(actorOf(client), { claims, name: application.name });
  return 'revoked';
}
