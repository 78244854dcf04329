import type { z } from 'zod';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError, type Violation } from '@/lib/platform/errors';
import { checkInput } from '@/lib/platform/input';
import type { JsonObject } from '@/lib/platform/json';
import type { ApiCredential } from '../model';
import * as rows from '../repository';
import { getApiCredential } from './get';

export async function lock(tx: Tx, actor: Actor, clientId: string): Promise<ApiCredential> {
  const credential = await rows.lockUnrevoked(tx, actor.projectId, clientId, new Date());
  if (credential) return credential;
  await getApiCredential(actor.projectId, clientId, tx);
  throw refused('This API credential is revoked');
}

/** What the audit log tells of a credential. */
export function visible(credential: ApiCredential): JsonObject {
  return {
    name: credential.name,
    token_endpoint_auth_method: credential.authMethod,
    scopes: credential.scopes,
    audiences: credential.audiences,
    expires_at: credential.expiresAt?.toISOString() ?? null,
  };
}

export function parsed<Schema extends z.ZodType>(schema: Schema, value: z.input<Schema>): z.output<Schema> {
  const checked = checkInput(schema, value);
  if (checked.ok) return checked.data;
  throw refused(checked.violations.map(({ message }) => message).join('; '), checked.violations);
}

export function refused(reason: string, violations?: Violation[]): AppError {
  return new AppError('invalid_input', { reason, violations });
}
