import type { Identity } from '@/lib/identity/model';
import { isEqualConstantTime } from '@/lib/platform/secret';
import type { Project } from '@/lib/project/model';
import type { Session, SessionProof } from '@/lib/session/model';
import { findSession } from '@/lib/session/service';
import { maskedAccount, type Pairing, type PairingStep, stepOf, type WatchedStep } from '../model';
import * as rows from '../repository';
import { hashPairing, pairingToken } from './token';

export type OwnPairing = { pairing: Pairing; step: PairingStep };

/** How long a page says that a pairing expired. */
const SHOWN_MILLIS = 10 * 60 * 1000;

/** This session's newest pairing, while it matters. A proof is of a live session. */
export async function findOwnPairing({ project, session }: SessionProof): Promise<OwnPairing | null> {
  const now = new Date();
  const pairing = await rows.findOfSession(project.id, session.id);
  if (!pairing) return null;
  const step = stepOf(pairing, true, now);
  const shownUntil = pairing.expiresAt.getTime() + (step === 'expired' ? SHOWN_MILLIS : 0);
  return now.getTime() < shownUntil ? { pairing, step } : null;
}

/** As `findOwnPairing`, for a page that polls. */
export async function findOwnStep(proof: SessionProof): Promise<WatchedStep | null> {
  return toWatched(await findOwnPairing(proof));
}

/** Whether this is the pairing's code: the browser that shows it keeps it, the server only its hash. */
export function isShownCode({ projectId, linkHash }: Pairing, code: string): boolean {
  return isEqualConstantTime(linkHash, hashPairing(pairingToken(projectId, code)));
}

/** A pairing with its live session. */
export type LivePairing = { pairing: Pairing; project: Project; session: Session; identity: Identity };

/** Null once its session has ended or everything of the identity was revoked. */
export async function withSession(pairing: Pairing): Promise<LivePairing | null> {
  const found = await findSession(pairing.projectId, pairing.sessionId);
  const isSame = found?.identity.id === pairing.identityId && found.session.revocationEpoch === pairing.revocationEpoch;
  return found && isSame ? { pairing, ...found } : null;
}

/**
 * What another device sees of a pairing before it asks: as little as its holder needs to recognize the account. Null
 * if the token opens nothing (any more). Writes nothing.
 */
export async function peekPairing(projectId: string, token: string): Promise<{ account: string | null } | null> {
  const pairing = await rows.findByLink(projectId, hashPairing(token));
  const live = pairing && (await withSession(pairing));
  if (!live || stepOf(pairing, true, new Date()) !== 'open') return null;
  return { account: maskedAccount(live.identity) };
}

/** What this browser has asked for, until it expires. */
export async function findRequested(projectId: string, browserHash: string | null) {
  const now = new Date();
  const pairing = browserHash ? await rows.findOfBrowser(projectId, browserHash, now) : null;
  if (!pairing) return null;
  const live = await withSession(pairing);
  return { pairing, live, step: stepOf(pairing, live !== null, now) };
}

/** As `findRequested`, for a page that polls. */
export async function findRequestedStep(projectId: string, browserHash: string | null): Promise<WatchedStep | null> {
  return toWatched(await findRequested(projectId, browserHash));
}

function toWatched(found: OwnPairing | null): WatchedStep | null {
  return found && { id: found.pairing.id, step: found.step };
}
