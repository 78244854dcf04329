import type { Identity } from '@/lib/identity/model';
import type { Project } from '@/lib/project/model';
import { holderOf, type PasskeySignals } from '../model';
import * as rows from '../repository';

/**
 * Signal API input for a signed-in identity. Passkeys for an earlier host name are omitted: they belong to another
 * relying party.
 */
export async function getPasskeySignals(project: Project, identity: Identity): Promise<PasskeySignals> {
  const all = await rows.listPasskeys(project.id, identity.id);
  const { userHandle, name, displayName } = holderOf(identity);
  const accepted = all.filter(({ rpId }) => rpId === project.rpId);
  return {
    rpId: project.rpId,
    userId: userHandle,
    allAcceptedCredentialIds: accepted.map(({ credentialId }) => credentialId),
    name,
    displayName,
  };
}
