import type { Identity } from '@/lib/identity/model';
import { toCredentialsBlock } from '../contract';
import * as rows from '../repository';

type Holder = Pick<Identity, 'projectId' | 'id' | 'passkeyCount' | 'userHandle'>;

/** The `credentials` of an identity for the admin API; public keys only with `withConfig`. */
export async function credentialsBlock(identity: Holder, { withConfig }: { withConfig: boolean }) {
  const passkeys = identity.passkeyCount === 0 ? [] : await rows.listPasskeys(identity.projectId, identity.id);
  return toCredentialsBlock(passkeys, withConfig ? identity.userHandle : null);
}
