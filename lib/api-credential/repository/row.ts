import type { Prisma } from '@/generated/sqlite/client';
import { columnsOf } from '@/lib/platform/db/columns';
import { readableName } from '@/lib/platform/text';
import { toUnion } from '@/lib/platform/union';
import { type ApiCredential, AUTH_METHODS, inOrder, isGrantable } from '../model';

/** `permission` is read by 0.1.0 only. */
export type ApiCredentialRow = Omit<Prisma.ApiCredentialGetPayload<object>, 'permission'>;

/** Of `"ApiCredential" c`. */
export const API_CREDENTIAL_COLUMNS = columnsOf(
  'c',
  `id projectId clientId name authMethod scopes audiences expiresAt revokedAt lastUsedAt lastUsedAddress createdAt
   updatedAt`,
);

/** Stored scopes unknown to this version grant nothing. */
export function toApiCredential(row: ApiCredentialRow): ApiCredential {
  const stored: unknown[] = JSON.parse(row.scopes);
  return {
    id: row.id,
    projectId: row.projectId,
    clientId: row.clientId,
    name: readableName(row.name, row.clientId),
    authMethod: toUnion(AUTH_METHODS, row.authMethod),
    scopes: inOrder(stored.filter(isGrantable)),
    audiences: JSON.parse(row.audiences),
    expiresAt: row.expiresAt,
    revokedAt: row.revokedAt,
    lastUsedAt: row.lastUsedAt,
    lastUsedAddress: row.lastUsedAddress,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
