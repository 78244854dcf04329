import { diffJson } from '@/lib/audit/model';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { hashClientSecret, newClientId, newClientSecret } from '@/lib/platform/client-secret';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { requireInput } from '@/lib/platform/input';
import { type NewApiCredential, newApiCredential } from '../contract';
import type { ApiCredential } from '../model';
import * as rows from '../repository';
import { subjectOf, toAuditFields } from './change';

/** The only place the secret is returned: only its hash is stored. */
export type WithSecret = { credential: ApiCredential; clientSecret: string };

/** Creates a credential with its first secret. Refuses: `invalid_input`. */
export async function createApiCredential(actor: Actor, input: NewApiCredential): Promise<WithSecret> {
  const { secretName: secretLabel, ...settings } = requireInput(newApiCredential, input);
  const now = new Date();
  const clientSecret = newClientSecret();
  const credential: ApiCredential = {
    id: newId(),
    projectId: actor.projectId,
    clientId: newClientId('api-credential'),
    ...settings,
    revokedAt: null,
    lastUsedAt: null,
    lastUsedAddress: null,
    createdAt: now,
    updatedAt: now,
  };
  await transaction(async (tx) => {
    await rows.insertApiCredential(tx, credential);
    await rows.insertSecret(tx, credential.id, {
      hash: hashClientSecret('api-credential', clientSecret),
      name: secretLabel,
      now,
    });
    await recordEvent(tx, actor, {
      type: 'api_credential.created',
      details: { ...subjectOf(credential), changes: diffJson({}, toAuditFields(credential)) },
    });
  });
  return { credential, clientSecret };
}
