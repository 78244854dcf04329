import { isDeepStrictEqual } from 'node:util';
import { PRODUCT_TEXTS, type Texts } from '@/lib/i18n/texts';
import type { Mail } from './model';
import { codeAndLink, codeOnly } from './templates/codes';
import type { Content, TemplateContext } from './templates/context';
import { identityInvitation, operatorInvitation, promotion, registrationInvitation } from './templates/invitations';
import { type Brand, toHtml, toText } from './templates/layout';
import {
  accountDeleted,
  accountDeletionRequested,
  accountKept,
  accountRestored,
  addressNotice,
  newSignIn,
  passkeyInvitation,
  passkeyNotice,
  recoveryCodes,
  recoveryNotice,
  testMessage,
  webhookDisabled,
} from './templates/notices';

export type RenderedMail = { subject: string; text: string; html: string };

/** The project a mail belongs to, and when its cause happened. */
export type MailContext = {
  project: Brand;
  happenedAt: Date;
  /** Whether the message contains the recipient's picture as `PICTURE_CONTENT_ID`. */
  hasPicture?: boolean;
  /** The project's texts. Default: the product's. */
  texts?: Texts;
};

/**
 * Renders a mail as text and as HTML with the same content. A project's own texts cannot disguise it: codes, links, facts
 * and the footer stay, and the footer begins with the product's subject.
 */
export function renderMail(
  mail: Mail,
  { project, happenedAt, hasPicture = false, texts = PRODUCT_TEXTS }: MailContext,
): RenderedMail {
  const t = texts.translator(mail.locale, 'mail');
  const context = { t, project: project.name, profileUrl: `${project.origin}/profile`, happenedAt };
  const { subject, blocks } = contentOf(mail, context);
  const original = contentOf(mail, { ...context, t: PRODUCT_TEXTS.translator(mail.locale, 'mail') });
  const isReworded = !isDeepStrictEqual({ subject, blocks }, original);
  const body = {
    locale: mail.locale,
    subject,
    brand: project,
    hasPicture,
    greeting: mail.name === undefined ? t('greetingWithoutName') : t('greeting', { name: mail.name }),
    blocks,
    ...(isReworded && { original: original.subject }),
    footer: t('footer', { email: mail.to }),
    linkHint: t('linkHint'),
  };
  return { subject, text: toText(body), html: toHtml(body) };
}

function contentOf(mail: Mail, context: TemplateContext): Content {
  switch (mail.kind) {
    case 'sign_in':
    case 'registration':
      return codeAndLink(mail, context);
    case 'step_up':
    case 'email_change_code':
    case 'invitation_code':
      return codeOnly(mail, context);
    case 'invitation':
      return identityInvitation(mail, context);
    case 'operator_invitation':
      return operatorInvitation(mail, context);
    case 'operator_promoted':
      return promotion(mail, context);
    case 'registration_invitation':
      return registrationInvitation(mail, context);
    case 'email_change_notice':
    case 'email_changed':
    case 'email_change_undone':
      return addressNotice(mail, context);
    case 'recovery_issued':
    case 'recovery_used':
      return recoveryNotice(mail, context);
    case 'new_sign_in':
      return newSignIn(mail, context);
    case 'passkey_added':
    case 'passkey_deleted':
      return passkeyNotice(mail, context);
    case 'passkey_invitation':
      return passkeyInvitation(mail, context);
    case 'recovery_codes':
      return recoveryCodes(mail, context);
    case 'account_deletion_requested':
      return accountDeletionRequested(mail, context);
    case 'account_kept':
      return accountKept(mail, context);
    case 'account_deleted':
      return accountDeleted(mail, context);
    case 'account_restored':
      return accountRestored(mail, context);
    case 'webhook_disabled':
      return webhookDisabled(mail, context);
    case 'test':
      return testMessage(mail, context);
  }
}
