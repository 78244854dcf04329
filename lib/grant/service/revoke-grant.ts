import { findApplication } from '@/lib/application/service';
import { endOfGrant } from '@/lib/application-session/service';
import { recordEvent } from '@/lib/audit/service';
import type { Guard } from '@/lib/identity/model';
import { getIdentity, getIdentityForWrite } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { ListedGrant } from '../model';
import { deleteGrant, findGrant, listGrants } from '../repository/grant';
import { named } from './issue-code';

type Options = { guard?: Guard; tx?: Tx };

/** What an identity allowed an application. Refuses: `not_found`. */
export async function getGrant(projectId: string, identityId: string, clientId: string): Promise<ListedGrant> {
  const { id } = await getIdentity(projectId, identityId);
  const found = (await listGrants(projectId, id)).find(({ application }) => application.clientId === clientId);
  if (!found) throw new AppError('not_found');
  return found;
}

/**
 * Removes an application's access to a person: the grant, what it obtained, and a logout notice. The next sign-in there
 * asks again. Refuses: `not_found`, `operator_protected`, and what `guard` throws.
 */
export async function revokeGrant(
  actor: Actor,
  identityId: string,
  clientId: string,
  { guard, tx: outer }: Options = {},
): Promise<void> {
  await transaction(async (tx) => {
    const { id } = await getIdentityForWrite(tx, actor, identityId, { guard });
    if (!(await revoke(tx, actor, id, clientId))) throw new AppError('not_found');
  }, outer);
}

/** As `revokeGrant`, for all applications; resolves to their number. */
export async function revokeAllGrants(
  actor: Actor,
  identityId: string,
  { guard, tx: outer }: Options = {},
): Promise<number> {
  return transaction(async (tx) => {
    const { id } = await getIdentityForWrite(tx, actor, identityId, { guard });
    let count = 0;
    for (const { application } of await listGrants(actor.projectId, id, tx))
      if (await revoke(tx, actor, id, application.clientId)) count++;
    return count;
  }, outer);
}

async function revoke(tx: Tx, actor: Actor, identityId: string, clientId: string): Promise<boolean> {
  const application = await findApplication(actor.projectId, clientId, tx);
  if (!application) return false;
  const parties = { projectId: actor.projectId, applicationId: application.id, identityId };
  const grant = await findGrant(parties, tx);
  if (!grant) return false;
  await endOfGrant(tx, parties);
  await deleteGrant(tx, parties);
  const details = { ...named(application), scopes: grant.scopes };
  await recordEvent(tx, actor, { type: 'grant.revoked', identityId, details });
  return true;
}
