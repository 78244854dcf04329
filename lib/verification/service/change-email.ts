import { firstLocale, type Locale } from '@/lib/i18n/model';
import { emailOf, type Identity } from '@/lib/identity/model';
import { greetingOf } from '@/lib/identity/model/name';
import { changeIdentity } from '@/lib/identity/service';
import { sourceOf } from '@/lib/mail/model/source';
import { admitNewcomerMail, queueMail } from '@/lib/mail/service';
import { normalizeAddress } from '@/lib/platform/address';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { getAt, setAt } from '@/lib/platform/json';
import { identifierFieldsOf } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import type { SessionProof } from '@/lib/session/model';
import { type PendingCode, toPendingCode } from '../model';
import * as rows from '../repository';
import { consume, proveCode } from './consume';
import { withGuesses } from './guesses';
import { type ClientContext, issue, requireAddress } from './issue';
import { requireCode, requireSameEpoch } from './step-up';
import { offerUndo, type ReleasedAddress, releasedAddress } from './undo-email-change';

/**
 * Mails a code to the new address. Only the holder of its mailbox learns whether it is taken. Needs a fresh
 * authentication, which the edge requires. Refuses: `invalid_input` at `/email`, `rate_limited`.
 */
export async function beginEmailChange(
  client: ClientContext,
  { identity }: SessionProof,
  input: { address: string; browserHash: string; locale: Locale },
): Promise<PendingCode> {
  const address = requireAddress(normalizeAddress(input.address));
  if (identity.identifiers.includes(address)) {
    throw new AppError('invalid_input', {
      violations: [{ pointer: '/email', message: 'is already the current address' }],
    });
  }
  const { browserHash } = input;
  const guessesLeft = await requireCode(client, {
    ...{ purpose: 'email_change', address, browserHash },
    ...{ sessionId: null, isFamiliar: false },
  });
  const recipient = await rows.findRecipient(client.projectId, address);
  const isWithinCeiling = await admitNewcomerMail(client.projectId, recipient === null);
  const verification = await issue(client, {
    purpose: 'email_change',
    kind: 'email_change_code',
    address,
    browserHash,
    locale: firstLocale(identity.locale, input.locale),
    identityId: identity.id,
    revocationEpoch: identity.revocationEpoch,
    sessionId: null, // a step-up in between opens a new session, and the code stays valid
    returnTo: null,
    hasCode: true,
    isMailed: isWithinCeiling,
  });
  return toPendingCode(verification, guessesLeft);
}

/** This person's pending change in this browser. */
export async function findPendingEmailChange(
  { project, identity }: SessionProof,
  browserHash: string | null,
): Promise<PendingCode | null> {
  if (!browserHash) return null;
  const holder = { projectId: project.id, purpose: 'email_change' as const, identityId: identity.id, browserHash };
  const pending = await rows.findPending(holder, new Date());
  return pending && withGuesses(pending);
}

/** Ends this person's pending change in this browser: its code no longer works. */
export async function cancelEmailChange(
  { project, identity }: SessionProof,
  browserHash: string | null,
): Promise<void> {
  if (!browserHash) return;
  const holder = { projectId: project.id, purpose: 'email_change' as const, identityId: identity.id, browserHash };
  await transaction((tx) => rows.expirePending(tx, holder, new Date()));
}

/**
 * Changes the address, verified by its code, ends all other codes and links, and mails the old address a notice with an
 * undo link, in one transaction.
 * Refuses: `code_wrong` with `triesLeft`, `code_used_or_expired`, `rate_limited`, `identifier_taken`, `invalid_traits`.
 */
export async function finishEmailChange(
  client: ClientContext,
  { project, identity, actor }: SessionProof,
  input: { browserHash: string | null; code: string; locale: Locale },
): Promise<Identity> {
  const holder = { projectId: project.id, purpose: 'email_change' as const, identityId: identity.id };
  const proven = await proveCode(client, { ...holder, browserHash: input.browserHash }, input.code);
  const { address } = proven.verification;
  const schema = await getSchema(project.id, identity.schemaId, identity.schemaVersion);
  return consume(proven, async (tx) => {
    const oldAddress = emailOf(identity);
    const seen: { released: ReleasedAddress | null } = { released: null };
    const change = (current: Identity) => {
      // Read again: a concurrent request may have deactivated the identity.
      requireSameEpoch(proven.verification, current);
      const { traits, identifierPointer } = current;
      const paths = identifierFieldsOf(schema.document, identifierPointer);
      // The field with the current address, else the first identifier.
      const field = paths.find(({ path }) => isAddressAt(getAt(traits, path), oldAddress)) ?? paths[0];
      if (!field) throw new AppError('invalid_traits');
      seen.released = releasedAddress(current, field, oldAddress);
      return { traits: setAt(traits, field.path, address), verified: { [address]: true } };
    };
    const changed = await changeIdentity(actor, identity.id, change, { tx });
    await rows.expireAllPending(tx, project.id, identity.id, new Date()); // mails to the old address prove nothing now
    if (oldAddress !== null) {
      const locale = firstLocale(identity.locale, input.locale);
      const undo = seen.released ? await offerUndo(tx, project, seen.released) : {};
      const params = { newAddress: address, ...undo };
      // An unproven mailbox may be a stranger's.
      const proven = seen.released ? { ...greetingOf(identity), source: sourceOf(actor) } : {};
      await queueMail(tx, project.id, { kind: 'email_change_notice', to: oldAddress, locale, ...proven, params });
    }
    return changed;
  });
}

function isAddressAt(value: unknown, address: string | null): boolean {
  return typeof value === 'string' && normalizeAddress(value) === address;
}
