import { z } from 'zod';
import { GRANTABLE_SCOPES, type GrantableScope, stateOf } from '@/lib/api-credential/model';
import { findApiCredential } from '@/lib/api-credential/service';
import type { Guard, Identity } from '@/lib/identity/model';
import { findIdentity } from '@/lib/identity/service';
import { type Actor, cliActor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { isAtLeast } from '@/lib/role/model';
import { guardReach } from '@/lib/role/service';
import type { Principal } from '../model';

/** A job stores its principal, encrypted: the address is personal. */
export const principal: z.ZodType<Principal> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('operator'),
    id: z.string(),
    projectId: z.string(),
    organizationId: z.string(),
    epoch: z.number(),
    requestId: z.string().nullable(),
    address: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('api_credential'),
    id: z.string(),
    scopes: z.array(z.enum(GRANTABLE_SCOPES)),
    requestId: z.string().nullable(),
    address: z.string().nullable(),
  }),
  z.object({ kind: z.literal('cli') }),
]);

/** An operator who acts in person, whose freshness and role the caller has proven. */
export function operatorPrincipal(actor: Actor, operator: Identity, organizationId: string): Principal {
  const { requestId, address } = actor;
  const { id, projectId, revocationEpoch: epoch } = operator;
  return { kind: 'operator', id, projectId, organizationId, epoch, requestId, address };
}

/** A program or the command line. Refuses: `forbidden` for any other actor. */
export function programPrincipal(actor: Actor, scopes: GrantableScope[]): Principal {
  const { kind, id, requestId, address } = actor;
  if (kind === 'cli') return { kind };
  if (kind !== 'api_credential' || id === null) throw new AppError('forbidden');
  return { kind, id, scopes, requestId, address };
}

/** Ends a job before its next identity: the transaction of the current one is rolled back, and the job finishes. */
export class JobEndedError extends Error {
  override readonly name = 'JobEndedError';
  constructor(readonly why: 'stopped' | 'not_permitted') {
    super(why);
  }
}

export type JobActor = {
  /** Carries the job, so that its events name it. */
  actor: Actor;
  /** Null for programs and the command line. */
  operator: Identity | null;
  /** Refuses identities above the operator's role (contract 8.1); absent where `guardOperators` decides by the actor. */
  guard: Guard | undefined;
};

/**
 * The actor of a job's next identity, read again for each: the operator still has the role and the epoch, the credential
 * its scopes. Throws `JobEndedError` otherwise.
 */
export async function actAs(tx: Tx, projectId: string, jobId: string, principal: Principal): Promise<JobActor> {
  if (principal.kind === 'cli') return { actor: { ...cliActor(projectId), jobId }, operator: null, guard: undefined };
  const { kind, id, requestId, address } = principal;
  const actor: Actor = { projectId, kind, id, requestId, address, jobId };
  if (principal.kind === 'api_credential') {
    const credential = await findApiCredential(projectId, id, tx);
    const isPermitted =
      credential !== null &&
      stateOf(credential, new Date()) === 'active' &&
      principal.scopes.every((scope) => credential.scopes.includes(scope));
    if (!isPermitted) throw new JobEndedError('not_permitted');
    return { actor, operator: null, guard: undefined };
  }
  const operator = await findIdentity(principal.projectId, id, tx);
  const role = operator?.operatorRoles.find(({ organizationId }) => organizationId === principal.organizationId)?.role;
  const isPermitted =
    operator?.state === 'active' &&
    operator.revocationEpoch === principal.epoch &&
    role !== undefined &&
    isAtLeast(role, 'admin');
  if (!isPermitted) throw new JobEndedError('not_permitted');
  return { actor, operator, guard: (current) => guardReach(operator, current) };
}
