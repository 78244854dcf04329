import type { Identity } from '@/lib/identity/model';
import type { Project } from '@/lib/project/model';
import { holderOf, type PasskeySignals } from '../model';
import * as rows from '../repository';

/**
 * What to tell the browser's Signal API about somebody who is signed in. Passkeys made for an earlier host name are left out,
 * as they belong to another relying party.
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
