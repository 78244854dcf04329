import { recordEvent } from '@/lib/audit/service';
import type { Picture } from '@/lib/picture/model';
import { newPictureId, readPicture, replacePicture } from '@/lib/picture/service';
import type { Actor } from '@/lib/platform/actor';
import { ConcurrentUpdateError, type Tx, transaction } from '@/lib/platform/db/transaction';
import { consumeLimits } from '@/lib/rate-limit/service';
import type { Guard, Identity } from '../model';
import * as rows from '../repository';
import { getIdentityForWrite } from './condition';

const MAX_PER_HOUR = 20;

type Options = {
  /** Throws for an identity that the actor must not reach. */
  guard?: Guard;
};

/**
 * Replaces a person's picture, by the person or an operator. The new one has a new URL; the previous one is gone.
 * Refuses: `rate_limited`, `invalid_input` at `/picture` (see `readPicture`), `not_found`, `operator_protected`, and what
 * `guard` throws.
 */
export async function setPicture(
  actor: Actor,
  identityId: string,
  bytes: Uint8Array<ArrayBuffer>,
  { guard }: Options = {},
): Promise<Identity> {
  const key = `${actor.projectId}\0${identityId.toLowerCase()}`;
  await consumeLimits({ name: 'picture', key, max: MAX_PER_HOUR, windowSeconds: 60 * 60 });
  const picture = await readPicture(bytes);
  return transaction((tx) => replace(tx, actor, identityId, picture, guard));
}

/** Removes a person's picture; without one, nothing happens. Refuses as `setPicture`, except for the picture itself. */
export async function removePicture(actor: Actor, identityId: string, { guard }: Options = {}): Promise<Identity> {
  return transaction((tx) => replace(tx, actor, identityId, null, guard));
}

/**
 * A visible change: the version rises, and the event is recorded. Former pictures are not kept, so it cannot be undone.
 */
async function replace(
  tx: Tx,
  actor: Actor,
  identityId: string,
  picture: Picture | null,
  guard: Guard | undefined,
): Promise<Identity> {
  const before = await getIdentityForWrite(tx, actor, identityId, { guard });
  if (!picture && before.pictureId === null) return before;
  const now = new Date();
  const stored = picture && { ...picture, id: newPictureId() };
  const pictureId = stored?.id ?? null;
  if (!(await rows.updatePicture(tx, before, pictureId, now))) throw new ConcurrentUpdateError();
  await replacePicture(tx, before, stored);
  const type = picture ? 'identity.picture_changed' : 'identity.picture_removed';
  await recordEvent(tx, actor, { type, identityId: before.id });
  return { ...before, pictureId, version: before.version + 1, updatedAt: now };
}
