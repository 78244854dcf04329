import { firstLocale } from '@/lib/i18n/model';
import { queueMail } from '@/lib/mail/service';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { emailOf, type Identity } from '../model';
import { greetingOf } from '../model/name';
import { endEmailChanges } from './email-change';

/**
 * Notifies the old and the new address when an operator or a program changes a person's sign-in address, in the
 * transaction of the change. The change also ends pending undo links. Neither address learns the other unless the old
 * one was verified: either may be a stranger's, mistyped or made up. The verified flow sends its own notices.
 */
export async function announceAddresses(tx: Tx, actor: Actor, before: Identity, after: Identity): Promise<void> {
  if (isOwn(actor, before)) return;
  if (!isSameSet(before.identifiers, after.identifiers)) await endEmailChanges(tx, before.projectId, before.id);
  const has = (identity: Identity, address: string) =>
    identity.verifiableAddresses.some(({ value }) => value === address);
  const locale = firstLocale(before.locale);
  for (const { value: to, verified } of before.verifiableAddresses) {
    if (has(after, to)) continue;
    const newAddress = verified ? (emailOf(after) ?? undefined) : undefined;
    const params = { by: 'administrator' as const, newAddress };
    const limit = verified ? 'notice' : 'stranger';
    const greeting = verified ? greetingOf(before) : {};
    const mail = { kind: 'email_change_notice', to, locale, ...greeting, params } as const;
    await queueMail(tx, before.projectId, mail, { limit });
  }
  for (const { value: to } of after.verifiableAddresses) {
    if (has(before, to)) continue;
    await queueMail(tx, before.projectId, { kind: 'email_changed', to, locale, params: {} }, { limit: 'stranger' });
  }
}

function isSameSet(left: string[], right: string[]): boolean {
  return left.length === right.length && left.every((value) => right.includes(value));
}

function isOwn(actor: Actor, identity: Pick<Identity, 'id'>): boolean {
  return actor.kind === 'identity' && actor.id === identity.id;
}
