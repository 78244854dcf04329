import type { Locale } from '@/lib/i18n/model';
import type { Identity } from '@/lib/identity/model';
import { addressMail } from '@/lib/identity/model/address-mail';
import { type CreateIdentityInput, createIdentity } from '@/lib/identity/service';
import { queueMail } from '@/lib/mail/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { getProject } from '@/lib/project/service';
import { toRegistrationLink } from '../model';

/**
 * Creates an identity and mails it the sign-in URL, in one transaction. The mail contains no secret, because signing in
 * proves the address. `locale` is the mail's default language, `inviter` the inviter's name. Refuses as
 * `createIdentity`.
 */
export async function createInvitedIdentity(
  actor: Actor,
  input: CreateIdentityInput,
  { locale, inviter }: { locale: Locale; inviter?: string },
): Promise<Identity> {
  const { id: projectId, origin } = await getProject(actor.projectId);
  return transaction(async (tx) => {
    const identity = await createIdentity(actor, input, { tx });
    const envelope = addressMail(identity, { locale });
    if (!envelope || identity.state !== 'active') return identity;
    const params = { link: toRegistrationLink(origin, envelope.to), inviter };
    await queueMail(tx, projectId, { ...envelope, kind: 'invitation', params }, { limit: 'invitation' });
    return identity;
  });
}
