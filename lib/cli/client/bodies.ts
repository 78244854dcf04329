import type { z } from 'zod';
import type { ScopedRoute } from '@/lib/api/routes';
import { startJobBody } from '@/lib/bulk/contract';
import { renamePasskeyBody } from '@/lib/credential/contract';
import { createIdentityBody, identityPatchBody, replaceIdentityBody } from '@/lib/identity/contract';
import { restoreBody } from '@/lib/identity/contract/recycle-bin';
import { addSchemaVersionBody, createSchemaBody } from '@/lib/schema/contract';
import { impactBody, publishBody } from '@/lib/schema-change/contract';
import { recoveryCodeBody, recoveryLinkBody } from '@/lib/verification/contract';

/** The bodies that a client knows by type. The table of routes has none: handlers declare them. */
export const BODIES: Partial<Record<ScopedRoute, z.ZodType>> = {
  'POST /admin/identities': createIdentityBody,
  'PUT /admin/identities/{id}': replaceIdentityBody,
  'PATCH /admin/identities/{id}': identityPatchBody,
  'PATCH /admin/identities/{id}/credentials/passkey/{credentialId}': renamePasskeyBody,
  'POST /admin/identities/{id}/restore': restoreBody,
  'POST /admin/recovery/link': recoveryLinkBody,
  'POST /admin/recovery/code': recoveryCodeBody,
  'POST /admin/schemas': createSchemaBody,
  'PUT /admin/schemas/{id}': addSchemaVersionBody,
  'POST /admin/jobs': startJobBody,
  'POST /admin/schemas/{id}/impact': impactBody,
  'POST /admin/schemas/{id}/publish': publishBody,
};
