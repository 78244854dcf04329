import type { Locale } from '@/lib/i18n/model';
import type { Tx } from '@/lib/platform/db/transaction';
import { type PendingCode, toPendingCode, type Verification } from '../model';
import * as rows from '../repository';
import { consume, proveCode } from './consume';
import { withGuesses } from './guesses';
import { blank, type ClientContext, issue, newLinkToken } from './issue';
import { requireCode } from './step-up';

/**
 * Proves that the person at this browser reads the mail of an address, before an identity with that address is created.
 * An invitation link does not prove that: its creator has seen it.
 */
type Mailbox = { projectId: string; address: string; browserHash: string };

/**
 * Mails a code. The caller has proven that this client may request it. `address` is normalized. Refuses:
 * `rate_limited`.
 */
export async function beginMailboxProof(
  client: ClientContext,
  { address, browserHash, locale }: { address: string; browserHash: string; locale: Locale },
): Promise<PendingCode> {
  const request = { purpose: 'invitation', address, browserHash, sessionId: null, isFamiliar: false } as const;
  const guessesLeft = await requireCode(client, request);
  const verification = await issue(client, {
    purpose: 'invitation',
    kind: 'invitation_code',
    address,
    browserHash,
    locale,
    identityId: null,
    revocationEpoch: null,
    sessionId: null,
    returnTo: null,
    hasCode: true,
    isMailed: true,
  });
  return toPendingCode(verification, guessesLeft);
}

/** This browser's pending code. */
export async function findPendingMailboxCode(mailbox: Mailbox): Promise<PendingCode | null> {
  const pending = await find(mailbox, 'invitation');
  return pending && withGuesses(pending);
}

/** Refuses: `code_wrong` with `triesLeft`, `code_used_or_expired` (also when the code is for another address), `rate_limited`. */
export async function finishMailboxProof(
  client: ClientContext,
  { address, browserHash, code }: { address: string; browserHash: string | null; code: string },
): Promise<void> {
  const holder = { projectId: client.projectId, purpose: 'invitation' as const, address, browserHash };
  const proven = await proveCode(client, holder, code);
  await consume(proven, async (tx) => {
    const proof = { ...blank(client.projectId, 'mailbox', newLinkToken(), new Date()), address };
    const mailbox = { projectId: client.projectId, browserHash: proven.verification.browserHash };
    await rows.expirePending(tx, { ...mailbox, purpose: 'mailbox' }, proof.createdAt);
    await rows.insertVerification(tx, { ...proof, ...mailbox });
  });
}

/** Whether this browser has proven the mailbox within the last ten minutes. */
export async function findMailboxProof(mailbox: Mailbox): Promise<Verification | null> {
  return find(mailbox, 'mailbox');
}

/** Consumes a proof; true for exactly one caller. */
export async function consumeMailboxProof(tx: Tx, id: string): Promise<boolean> {
  return rows.consume(id, 'link', new Date(), tx);
}

function find({ projectId, address, browserHash }: Mailbox, purpose: 'invitation' | 'mailbox') {
  return rows.findPending({ projectId, purpose, browserHash, address }, new Date());
}
