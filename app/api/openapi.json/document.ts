import { buildDocument, type OpenApiDocument } from '@/lib/api/openapi/document';
import { OPERATIONS } from '@/lib/api/routes';
import type { Routes } from '@/lib/api/routes/route';
import { BoundedCache } from '@/lib/platform/bounded-cache';
import { processWide } from '@/lib/platform/process-wide';
import { contentHash } from '@/lib/platform/secret';
import * as auditEvents from '../admin/audit-events/route';
import * as credential from '../admin/identities/[id]/credentials/[type]/route';
import * as passkey from '../admin/identities/[id]/credentials/passkey/[credentialId]/route';
import * as credentials from '../admin/identities/[id]/credentials/route';
import * as history from '../admin/identities/[id]/history/route';
import * as identity from '../admin/identities/[id]/route';
import * as identitySessions from '../admin/identities/[id]/sessions/route';
import * as externalId from '../admin/identities/by/external/[externalId]/route';
import * as identities from '../admin/identities/route';
import * as recoveryCode from '../admin/recovery/code/route';
import * as recoveryLink from '../admin/recovery/link/route';
import * as adminSchema from '../admin/schemas/[id]/route';
import * as adminSchemas from '../admin/schemas/route';
import * as session from '../admin/sessions/[id]/route';
import * as sessions from '../admin/sessions/route';
import * as schemas from '../schemas/route';

/** The routes whose requests are described by what they parse with. A test compares this list with the folders. */
export const ROUTES: Routes = {
  '/admin/identities': identities,
  '/admin/identities/by/external/{externalId}': externalId,
  '/admin/identities/{id}': identity,
  '/admin/identities/{id}/credentials': credentials,
  '/admin/identities/{id}/credentials/{type}': credential,
  '/admin/identities/{id}/credentials/passkey/{credentialId}': passkey,
  '/admin/identities/{id}/sessions': identitySessions,
  '/admin/identities/{id}/history': history,
  '/admin/audit-events': auditEvents,
  '/admin/recovery/code': recoveryCode,
  '/admin/recovery/link': recoveryLink,
  '/admin/schemas': adminSchemas,
  '/admin/schemas/{id}': adminSchema,
  '/admin/sessions': sessions,
  '/admin/sessions/{id}': session,
  '/schemas': schemas,
};

type Made = { document: OpenApiDocument; text: string; etag: string };
const made = processWide('openapi.documents', () => new BoundedCache<Made>(50));

/** The document of a project, made once for each origin. */
export function documentOf(origin: string): Made {
  const known = made.get(origin);
  if (known) return known;
  const document = buildDocument(OPERATIONS, ROUTES, origin);
  const text = JSON.stringify(document);
  const entry = { document, text, etag: `"${contentHash(Buffer.from(text))}"` };
  made.set(origin, entry);
  return entry;
}
