import { withList } from '@/lib/platform/db/list-parameter';
import { all, type Statement, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import type { Held } from '../model/held';

/**
 * A statement for what identities (`$2`, a JSON list) of a project (`$1`) hold in a table with their ID. `kind` and
 * `condition` are SQL over its rows `h`. `isOfEpoch`: a row counts while its identity is active and has its epoch.
 */
export function heldStatement(
  table: string,
  { kind, condition, isOfEpoch }: { kind: string; condition: string; isOfEpoch: boolean },
): Statement<Held> {
  const ofEpoch = isOfEpoch ? `AND i.state = 'active' AND i."revocationEpoch" = h."revocationEpoch"` : '';
  return statement<Held>(
    `held.${table}`,
    withList(
      (inList) => `SELECT ${kind} AS kind, h.id FROM "${table}" h JOIN "Identity" i ON i.id = h."identityId"
        WHERE ${inList('h."identityId"', 2)} AND h."projectId" = $1 AND ${condition} ${ofEpoch}`,
    ),
  );
}

const ADDRESSES = heldStatement('VerifiableAddress', { kind: `'addresses'`, condition: 'true', isOfEpoch: false });
/** Their links undo them. */
const EMAIL_CHANGES = heldStatement('EmailChange', {
  kind: `'links'`,
  condition: `h."expiresAt" > $3 AND i.state = 'active'`,
  isOfEpoch: false,
});

/** The addresses of identities, and the open links that undo a change of address. */
export async function listHeldAddresses(
  projectId: string,
  identityIds: readonly string[],
  { tx, now }: { tx?: Tx | undefined; now: Date },
): Promise<Held[]> {
  const ids = JSON.stringify(identityIds);
  return [...(await all(ADDRESSES, [projectId, ids], tx)), ...(await all(EMAIL_CHANGES, [projectId, ids, now], tx))];
}
