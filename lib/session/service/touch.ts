import { isTouchDue, type Session, TOUCH_SECONDS } from '../model';
import * as rows from '../repository';

/** Records a use of the session, at most once a minute. True if this call wrote. */
export async function touchSession(session: Session, address: string, now = new Date()): Promise<boolean> {
  if (!isTouchDue(session, now)) return false;
  return rows.updateLastSeen(session, { at: now, before: new Date(now.getTime() - TOUCH_SECONDS * 1000), address });
}
