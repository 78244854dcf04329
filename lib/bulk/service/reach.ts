import type { Identity } from '@/lib/identity/model';
import { isWithinReach } from '@/lib/role/model';
import type { LeftOutReason } from '../model';

/** `operator` is null for programs and the command line. */
export type Requester = Pick<Identity, 'id' | 'operatorRoles'> | null;

/**
 * Contract 8.1: operators above the operator's own role are left out; of a program or the command line, every operator.
 * An operator never includes themselves.
 */
export function reasonToLeaveOut(
  operator: Requester,
  identity: Pick<Identity, 'id' | 'operatorRoles'>,
): LeftOutReason | null {
  if (operator === null) return identity.operatorRoles.length > 0 ? 'operator' : null;
  if (identity.id === operator.id) return 'self';
  return isWithinReach(operator, identity) ? null : 'operator';
}
