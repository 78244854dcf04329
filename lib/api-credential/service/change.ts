import type { z } from 'zod';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError, type Violation } from '@/lib/platform/errors';
import { checkInput } from '@/lib/platform/input';
import type { JsonObject } from '@/lib/platform/json';
import type { ApiCredential } from '../model';
import * as rows from '../repository';
import { getApiCredential } from './get';

/** Locks a credential for a change. Refuses: `not_found`, `invalid_input` if it is revoked. */
export async function lock(tx: Tx, actor: Actor, clientId: string): Promise<ApiCredential> {
  const credential = await rows.lockUnrevoked(tx, actor.projectId, clientId, new Date());
  if (credential) return credential;
  await getApiCredential(actor.projectId, clientId, tx);
  throw refused('This API credential is revoked');
}

/** Names the credential in the details of every event about it. */
export function subjectOf({ clientId, name }: ApiCredential): { client_id: string; name: string } {
  return { client_id: clientId, name };
}

/** The fields recorded in the audit log. */
export function toAuditFields(credential: ApiCredential): JsonObject {
  return {
    name: credential.name,
    token_endpoint_auth_method: credential.authMethod,
    scopes: credential.scopes,
    audiences: credential.audiences,
    expires_at: credential.expiresAt?.toISOString() ?? null,
  };
}

/** Refuses: `invalid_input` with the violations. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: z.input<Schema>): z.output<Schema> {
  const checked = checkInput(schema, value);
  if (checked.ok) return checked.data;
  throw refused(checked.violations.map(({ message }) => message).join('; '), checked.violations);
}

export function refused(reason: string, violations?: Violation[]): AppError {
  return new AppError('invalid_input', { reason, violations });
}
