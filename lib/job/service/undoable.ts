import type { AuditEventType } from '@/lib/audit/model';

/** Events of a job that can be undone. Others, such as ended sessions, are consequences that undo leaves. */
export const UNDOABLE_TYPES: readonly AuditEventType[] = [
  'identity.created',
  'identity.updated',
  'identity.deleted',
  'identity.restored',
];
