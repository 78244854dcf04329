import { hasIdentityEvent } from '@/lib/audit/service';
import { emailOf, type Identity } from '@/lib/identity/model';
import { addressMail } from '@/lib/identity/model/address-mail';
import { queueMail } from '@/lib/mail/service';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { hmac, randomLinkToken } from '@/lib/platform/secret';
import type { Project } from '@/lib/project/model';
import type { Session, SessionMethod } from '../model';
import { ALERT_SECONDS, type BrowserMemory, MAX_KNOWN_BROWSERS, type SignInAlert, toAlertLink } from '../model/alert';
import * as rows from '../repository/alert';

type SignIn = {
  project: Project;
  identity: Identity;
  method: SessionMethod;
  /** The address that this sign-in proves. */
  addressId: string | null;
  memory: BrowserMemory;
  /** The session of the same identity that it replaces in this browser. */
  replaced: Session | null;
  /** ID of the alert that another mail contains; null: a new browser is announced by a mail of its own. */
  alertId: string | null;
};

/**
 * Records that the identity signs in in this browser, and mails an alert if it never did before. No alert for the first
 * sign-in of an identity, for a browser that was signed in until now, and for set-up and recovery, which have their own
 * mails. Resolves to the alert's ID.
 */
export async function recognizeBrowser(tx: Tx, actor: Actor, signIn: SignIn): Promise<string | null> {
  const { project, identity, memory } = signIn;
  const now = new Date();
  const holder = { projectId: project.id, identityId: identity.id };
  const browser = { ...holder, tokenHash: tokenHash(identity, memory.token) };
  if (await rows.touchKnownBrowser(tx, browser, now)) return null;
  const known = await rows.countKnownBrowsers(tx, holder);
  const isAnnounced = signIn.alertId !== null || (await isExpected(tx, signIn, known));
  const alertId = isAnnounced ? signIn.alertId : await alertHolder(tx, actor, signIn, now);
  await rows.insertKnownBrowser(tx, { ...browser, alertId }, now);
  if (known >= MAX_KNOWN_BROWSERS) await rows.deleteOldBrowsers(tx, holder, MAX_KNOWN_BROWSERS);
  return alertId;
}

async function isExpected(tx: Tx, { identity, method, memory, replaced }: SignIn, known: number): Promise<boolean> {
  if (replaced || method === 'setup' || method === 'recovery') return true;
  if (known > 0) return false;
  // Signed in before browsers were recorded, or so long ago that all were forgotten; otherwise for the first time.
  const isFamiliar = identity.identifiers.some((address) => memory.isFamiliarTo(address));
  return isFamiliar || !(await hasIdentityEvent(tx, identity.projectId, identity.id, 'session.started'));
}

/** Null without a proven mailbox: any other may be a stranger's. */
async function alertHolder(tx: Tx, actor: Actor, signIn: SignIn, now: Date): Promise<string | null> {
  const { project, identity, addressId, method } = signIn;
  const envelope = addressMail(identity, { actor });
  const address = identity.verifiableAddresses.find(({ value }) => value === emailOf(identity));
  if (!envelope || !address || !(address.verified || address.id === addressId)) return null;
  const { id, ...end } = await createAlert(tx, project, identity, now);
  await queueMail(tx, project.id, { ...envelope, kind: 'new_sign_in', params: { method, ...end } });
  return id;
}

/** Creates the link "This wasn't me", for a mail to a proven mailbox in the same transaction. */
export async function createAlert(tx: Tx, project: Project, identity: Identity, now: Date) {
  const token = randomLinkToken();
  const alert: SignInAlert = {
    id: newId(),
    projectId: project.id,
    identityId: identity.id,
    revocationEpoch: identity.revocationEpoch,
    linkHash: alertHash(token),
    createdAt: now,
    expiresAt: new Date(now.getTime() + ALERT_SECONDS * 1000),
  };
  await rows.insertAlert(tx, alert);
  return { id: alert.id, link: toAlertLink(project.origin, token), until: alert.expiresAt.getTime() };
}

function tokenHash({ projectId, id }: Identity, token: string): string {
  return hmac('known-browser', `${projectId}\0${id}\0${token}`);
}

export function alertHash(token: string): string {
  return hmac('link', `alert\0${token}`);
}
