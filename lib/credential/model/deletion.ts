import type { Passkey } from '../model';

/** A passkey that its owner deleted; its deletion is recorded and mailed when it is due. */
export type PasskeyDeletion = {
  passkey: Passkey;
  /** The identity's epoch at the deletion. */
  revocationEpoch: number;
  sessionId: string;
  requestId: string | null;
  address: string | null;
  userAgent: string | null;
  createdAt: Date;
  dueAt: Date;
};

/** How long a deletion can be undone. */
export const UNDO_SECONDS = 10;

/** At most this long while the person's focus or pointer is on the undo button (WCAG 2.2, 2.2.1). */
export const HELD_UNDO_SECONDS = 60;
