import { findMatchingSecret } from '@/lib/platform/client-secret';
import { recordUse } from '@/lib/platform/last-use';
import { type Application, isPublic } from '../model';
import { listBrowserUris } from '../repository';
import { findWithSecrets, writeSecretUse } from '../repository/secrets';

/** `clientSecret`: null if the request has none. How it was sent does not matter: by Basic or in the body. */
export type ApplicationProof = { projectId: string; clientId: string; clientSecret: string | null };

/**
 * `unknown`: no such application, a wrong or missing secret. `disabled`: it proved itself, but is disabled.
 * `secret_refused`: a secret from a public application, which has none (RFC 6749 §2.3.1 would let anyone guess).
 */
export type ApplicationRefusal = { reason: 'unknown' | 'disabled' | 'secret_refused' };

/**
 * Authenticates an application, a public one by its ID alone. A wrong secret and an unknown application both return
 * `unknown` at the same cost.
 */
export async function authenticateApplication({
  projectId,
  clientId,
  clientSecret,
}: ApplicationProof): Promise<Application | ApplicationRefusal> {
  const now = new Date();
  const { application, secrets } = await findWithSecrets(projectId, clientId, now);
  const secret = findMatchingSecret('application', clientSecret ?? '', secrets);
  if (!application) return { reason: 'unknown' };
  if (isPublic(application)) {
    if (clientSecret !== null) return { reason: 'secret_refused' };
  } else {
    if (!secret) return { reason: 'unknown' };
    void recordUse(secret, now, (notSince) => writeSecretUse(secret.id, now, notSince));
  }
  return application.disabledAt ? { reason: 'disabled' } : application;
}

/** Whether an enabled application that runs in browsers has a redirect URI of this origin (CORS). */
export async function isBrowserOrigin(projectId: string, origin: string): Promise<boolean> {
  const uris = await listBrowserUris(projectId);
  return uris.some((uri) => new URL(uri).origin === origin);
}
