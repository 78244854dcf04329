import { z } from 'zod';
import type { ListedGrant } from './model';

/** What a person allowed an application. Names as in RFC 7591 where it has them. */
export const grantResponse = z
  .object({
    client_id: z.string(),
    client_name: z.string(),
    scope: z.string().meta({ description: 'Space-separated.' }),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    last_used_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'The last sign-in or refresh; null when none is on record.' }),
  })
  .meta({ id: 'Grant' });

/** For "Download your data". */
export function toOwnGrantsResponse(grants: ListedGrant[]) {
  return { applications: grants.map(toGrantResponse) };
}

export function toGrantResponse({
  application,
  scopes,
  createdAt,
  updatedAt,
  lastUsedAt,
}: ListedGrant): z.output<typeof grantResponse> {
  return {
    client_id: application.clientId,
    client_name: application.name,
    scope: scopes.join(' '),
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
    last_used_at: lastUsedAt?.toISOString() ?? null,
  };
}
