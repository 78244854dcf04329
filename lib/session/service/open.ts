import { moveApplicationSessions } from '@/lib/application-session/service';
import { recordEvent } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import { keepAccount, rememberSignIn } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { ConcurrentUpdateError, type Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { isUuid, newId } from '@/lib/platform/ids';
import { toDevice, toStoredUserAgent } from '@/lib/platform/user-agent';
import type { Project } from '@/lib/project/model';
import { isLive, MAX_SESSIONS, type Session, type SessionMethod } from '../model';
import type { SignInBrowser } from '../model/alert';
import * as rows from '../repository';
import { endRow } from './end';
import { createAlert, recognizeBrowser } from './recognize';

export type OpenSessionInput = {
  project: Project;
  identity: Identity;
  method: SessionMethod;
  passkeyId?: string | null;
  /** Whether the session's passkey was added after a recovery. */
  isRecovered?: boolean;
  /** ID of the verifiable address whose mailbox is proven. */
  addressId?: string | null;
  /** The client's IP address. */
  address: string;
  /** Mails a notice of this sign-in, whatever the browser. Its link ends the sign-in until `until` (Unix time in milliseconds). */
  announce?: (end: { link: string; until: number }) => Promise<void>;
} & SignInBrowser;

/**
 * Opens a session, always under a new ID (ASVS 7.2.4), and ends the one it replaces in the same transaction. A sign-in in
 * a new browser is announced by mail. A
 * person who deleted their account keeps it by signing in. The session takes the epoch of `identity` as read by the caller: if it has been incremented since, the session is never
 * live. At `MAX_SESSIONS` the oldest session ends.
 * Refuses: `inactive_identity`.
 */
export async function openSession(tx: Tx, actor: Actor, input: OpenSessionInput): Promise<Session> {
  const { project, identity, method, passkeyId = null, addressId = null, address } = input;
  if (identity.state !== 'active') throw new AppError('inactive_identity');
  const now = new Date();
  const replaced = await endReplaced(tx, actor, identity, input.replaces);
  const { memory, announce } = input;
  const own = announce ? await createAlert(tx, project, identity, now) : null;
  if (own) await announce?.({ link: own.link, until: own.until });
  const signIn = { project, identity, method, addressId, replaced, alertId: own?.id ?? null };
  const alertId = memory ? await recognizeBrowser(tx, actor, { ...signIn, memory }) : null;
  const session: Session = {
    id: newId(),
    projectId: project.id,
    identityId: identity.id,
    revocationEpoch: identity.revocationEpoch,
    method,
    passkeyId,
    isRecovered: method === 'recovery' || input.isRecovered === true || replaced?.isRecovered === true,
    addressId: addressId ?? (replaced && isLive(replaced, project, identity, now) ? replaced.addressId : null),
    authenticatedAt: now,
    userAgent: toStoredUserAgent(input.userAgent),
    address,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + project.sessionLifetimeSeconds * 1000),
    alertId: own?.id ?? alertId ?? replaced?.alertId ?? null,
  };
  for (const oldest of await listSurplus(tx, identity, replaced))
    await endRow(tx, actor, oldest, { reason: 'too_many_sessions' });
  await keepAccount(tx, actor, identity, 'sign_in');
  await rows.insertSession(tx, session);
  if (replaced) await deleteReplaced(tx, replaced, session);
  await rememberSignIn(tx, identity, now);
  await recordEvent(tx, actor, {
    type: replaced ? 'session.replaced' : 'session.started',
    identityId: identity.id,
    details: {
      session_id: session.id,
      method,
      device: toDevice(session.userAgent),
      ...(replaced && { replaces: replaced.id }),
    },
  });
  return session;
}

/** The sessions that exceed the limit once the new one exists and `replaced` is gone. */
async function listSurplus(tx: Tx, { id, projectId }: Identity, replaced: Session | null): Promise<Session[]> {
  const surplus = await rows.listOlderSessions(tx, projectId, id, MAX_SESSIONS - 1);
  if (!replaced) return surplus;
  const others = surplus.filter((session) => session.id !== replaced.id);
  return others.length < surplus.length ? others : surplus.slice(1); // newest first
}

/**
 * The replaced session if it is the same identity's. A session of another identity in this browser is ended instead.
 */
async function endReplaced(tx: Tx, actor: Actor, identity: Identity, id?: string | null): Promise<Session | null> {
  const before = id && isUuid(id) ? await rows.findSessionRow(identity.projectId, id, tx) : null;
  if (!before) return null;
  if (before.identityId !== identity.id) {
    await endRow(tx, actor, before);
    return null;
  }
  return before;
}

/** Only once the new row exists, to which the applications' rows move: a step-up signs out of none. */
async function deleteReplaced(tx: Tx, replaced: Session, { id }: Session): Promise<void> {
  await moveApplicationSessions(tx, replaced.projectId, replaced.id, id);
  if (!(await rows.deleteSession(tx, replaced))) throw new ConcurrentUpdateError();
}
