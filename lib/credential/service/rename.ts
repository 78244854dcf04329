import { recordEvent } from '@/lib/audit/service';
import type { Guard } from '@/lib/identity/model';
import { touchIdentity } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { type Passkey, toPasskeyName } from '../model';
import * as rows from '../repository';
import { getPasskeyForWrite } from './get';

type RenameOptions = {
  guard?: Guard | undefined;
  tx?: Tx;
  /** The event that this change undoes. */
  undoes?: string;
};

/**
 * Renames a passkey of an identity that the actor may write.
 * Refuses: `not_found`, `invalid_input` at `/name`, `operator_protected`, and what `guard` throws.
 */
export async function renamePasskey(
  actor: Actor,
  identityId: string,
  id: string,
  typed: string,
  { guard, tx: outer, undoes }: RenameOptions = {},
): Promise<Passkey> {
  const name = toPasskeyName(typed);
  return transaction(async (tx) => {
    const { passkey } = await getPasskeyForWrite(tx, actor, identityId, id, guard);
    if (passkey.name === name) return passkey;
    await touchIdentity(tx, actor.projectId, identityId);
    if (!(await rows.updatePasskey(tx, passkey, { name }))) throw new AppError('not_found');
    await recordEvent(tx, actor, {
      type: 'passkey.renamed',
      identityId,
      details: { passkey_id: passkey.id, before: passkey.name, name, ...(undoes && { undoes }) },
    });
    return { ...passkey, name };
  }, outer);
}
