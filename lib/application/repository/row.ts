import type { Prisma } from '@/generated/sqlite/client';
import { columnsOf } from '@/lib/platform/db/columns';
import { readableName } from '@/lib/platform/text';
import { toUnion } from '@/lib/platform/union';
import { ACCESSES, APPLICATION_KINDS, type Application, CONSENTS, inOrder } from '../model';

export type ApplicationRow = Prisma.ApplicationGetPayload<object>;

/** Of `"Application" a`. */
export const APPLICATION_COLUMNS = columnsOf(
  'a',
  `id projectId clientId name kind template redirectUris postLogoutRedirectUris logoutUri launchUrl logoHash scopes
   audiences consent access requiresPkce accessTokenSeconds refreshIdleSeconds refreshLifetimeSeconds disabledAt version
   createdAt updatedAt`,
);

/** Stored scopes unknown to this version grant nothing. */
export function toApplication(row: ApplicationRow): Application {
  return {
    id: row.id,
    projectId: row.projectId,
    clientId: row.clientId,
    name: readableName(row.name, row.clientId),
    kind: toUnion(APPLICATION_KINDS, row.kind),
    template: row.template,
    redirectUris: JSON.parse(row.redirectUris),
    postLogoutRedirectUris: JSON.parse(row.postLogoutRedirectUris),
    logoutUri: row.logoutUri,
    launchUrl: row.launchUrl,
    logoHash: row.logoHash,
    scopes: inOrder(JSON.parse(row.scopes)),
    audiences: JSON.parse(row.audiences),
    consent: toUnion(CONSENTS, row.consent),
    access: toUnion(ACCESSES, row.access),
    requiresPkce: row.requiresPkce,
    accessTokenSeconds: row.accessTokenSeconds,
    refreshIdleSeconds: row.refreshIdleSeconds,
    refreshLifetimeSeconds: row.refreshLifetimeSeconds,
    disabledAt: row.disabledAt,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

/** The columns that hold lists, as text. */
export function toLists({ redirectUris, postLogoutRedirectUris, scopes, audiences }: Application) {
  return {
    redirectUris: JSON.stringify(redirectUris),
    postLogoutRedirectUris: JSON.stringify(postLogoutRedirectUris),
    scopes: JSON.stringify(scopes),
    audiences: JSON.stringify(audiences),
  };
}
