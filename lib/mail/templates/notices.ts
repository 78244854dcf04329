import type { Mail } from '../model';
import { type Content, circumstances, formatEnd, type Of, type TemplateContext } from './context';
import { action, type Block, note, paragraph } from './layout';

export function testMessage(mail: Of<'test'>, context: TemplateContext): Content {
  const { t, project } = context;
  const blocks = [paragraph(t('test.body', { project })), circumstances(mail, context)];
  return { subject: t('test.subject', { project }), blocks };
}

/** The project in question may be another than the one that sends the mail. */
export function webhookDisabled(mail: Of<'webhook_disabled'>, context: TemplateContext): Content {
  const { t } = context;
  const { project, host, reason, link } = mail.params;
  return {
    subject: t('webhook_disabled.subject', { project }),
    blocks: [
      paragraph(t('webhook_disabled.body', { project, host, reason })),
      circumstances(mail, context),
      paragraph(t('webhook_disabled.log')),
      action(t('webhook_disabled.button'), link),
    ],
  };
}

type AddressNotice = Of<'email_change_notice' | 'email_changed' | 'email_change_undone'>;

export function addressNotice(mail: AddressNotice, context: TemplateContext): Content {
  const { t, project } = context;
  const when = circumstances(mail, context);
  switch (mail.kind) {
    case 'email_change_notice': {
      const { newAddress: newEmail, by = 'holder' } = mail.params;
      const body = newEmail
        ? t('email_change_notice.body', { by, oldEmail: mail.to, newEmail })
        : t('email_change_notice.bodyWithoutNew', { by, oldEmail: mail.to });
      const blocks = [paragraph(body), when, ...undoBlocks(mail, context)];
      return { subject: t('email_change_notice.subject', { project }), blocks };
    }
    case 'email_changed': {
      const blocks = [
        paragraph(t('email_changed.body', { project })),
        when,
        note(t('email_changed.ignore', { project })),
      ];
      return { subject: t('email_changed.subject', { project }), blocks };
    }
    case 'email_change_undone':
      return { subject: t('email_change_undone.subject', { project }), blocks: undoneBlocks(mail, context) };
  }
}

function undoneBlocks(mail: Of<'email_change_undone'>, context: TemplateContext): Block[] {
  const { t, profileUrl } = context;
  const { isBack, removedPasskeys } = mail.params;
  const when = circumstances(mail, context);
  if (!isBack) return [paragraph(t('email_change_undone.gone', { email: mail.to })), when];
  return [
    paragraph(t('email_change_undone.back', { email: mail.to, count: removedPasskeys })),
    when,
    paragraph(t('email_change_undone.next')),
    action(t('buttons.checkAccount'), profileUrl),
  ];
}

/** What to do if the recipient did not make the change. */
function undoBlocks(mail: Of<'email_change_notice'>, { t, project, profileUrl }: TemplateContext): Block[] {
  const { undoLink, undoUntil, by } = mail.params;
  if (undoLink === undefined || undoUntil === undefined) {
    if (by === 'administrator') return [note(t('email_change_notice.contact', { project }))];
    return [paragraph(t('email_change_notice.wasntYou', { project })), action(t('buttons.checkSessions'), profileUrl)];
  }
  return [
    paragraph(t('email_change_notice.undo')),
    action(t('buttons.undo'), undoLink),
    note(t('email_change_notice.undoEffect', { date: formatEnd(undoUntil, mail), project })),
  ];
}

export function recoveryNotice(mail: Of<'recovery_issued' | 'recovery_used'>, context: TemplateContext): Content {
  const { t, project, profileUrl } = context;
  const subject = t(`${mail.kind}.subject`, { project });
  const when = circumstances(mail, context);
  if (mail.kind === 'recovery_used') {
    const { link, until } = mail.params;
    const remedy =
      link === undefined || until === undefined
        ? [paragraph(t('recovery_used.wasntYou', { project })), action(t('buttons.checkAccount'), profileUrl)]
        : endBlocks({ link, until }, mail, context);
    return { subject, blocks: [paragraph(t('recovery_used.body')), when, ...remedy] };
  }
  const body = paragraph(t('recovery_issued.body', { end: formatEnd(mail.params.expiresAt, mail) }));
  return { subject, blocks: [body, when, note(t('recovery_issued.wasntYou', { project }))] };
}

export function passkeyNotice(mail: Of<'passkey_added' | 'passkey_deleted'>, context: TemplateContext): Content {
  const { t, project, profileUrl } = context;
  const { kind, params } = mail;
  const isPaired = mail.kind === 'passkey_added' && mail.params.isPaired === true;
  return {
    subject: t(`${kind}.subject`, { project }),
    blocks: [
      paragraph(t(`${kind}.body`, { name: params.passkeyName })),
      ...(isPaired ? [paragraph(t('passkey_added.paired'))] : []),
      circumstances(mail, context),
      paragraph(t(`${kind}.wasntYou`)),
      action(t('buttons.checkAccount'), profileUrl),
    ],
  };
}

export function passkeyInvitation(
  mail: Of<'passkey_invitation'>,
  { t, project, profileUrl }: TemplateContext,
): Content {
  const { hasPasskey } = mail.params;
  return {
    subject: t('passkey_invitation.subject', { project }),
    blocks: [
      paragraph(t(hasPasskey ? 'passkey_invitation.oneDevice' : 'passkey_invitation.none', { project })),
      action(t('buttons.addPasskey'), `${profileUrl}#passkeys`),
      note(t('passkey_invitation.ignore', { project })),
    ],
  };
}

export function recoveryCodes(mail: Of<'recovery_codes'>, context: TemplateContext): Content {
  const { t, project, profileUrl } = context;
  const { change, left, link, until } = mail.params;
  const remedy =
    link === undefined || until === undefined
      ? [paragraph(t(`recovery_codes.${change}.wasntYou`)), action(t('buttons.checkAccount'), profileUrl)]
      : endBlocks({ link, until, wasntYou: t('recovery_codes.used.endSignIn') }, mail, context);
  return {
    subject: t(`recovery_codes.${change}.subject`, { project }),
    blocks: [paragraph(t(`recovery_codes.${change}.body`, { count: left })), circumstances(mail, context), ...remedy],
  };
}

export function accountDeletionRequested(mail: Of<'account_deletion_requested'>, context: TemplateContext): Content {
  const { t, project, profileUrl } = context;
  const date = formatEnd(mail.params.until, mail);
  return {
    subject: t('account_deletion_requested.subject', { project }),
    blocks: [
      paragraph(t('account_deletion_requested.body', { project, date })),
      circumstances(mail, context),
      paragraph(t('account_deletion_requested.keep')),
      action(t('buttons.signIn'), profileUrl),
      note(t('account_deletion_requested.wasntYou', { project })),
    ],
  };
}

export function accountKept(mail: Of<'account_kept'>, context: TemplateContext): Content {
  const { t, project, profileUrl } = context;
  return {
    subject: t('account_kept.subject', { project }),
    blocks: [
      paragraph(t('account_kept.body', { reason: mail.params.reason, project })),
      circumstances(mail, context),
      paragraph(t('account_kept.wasntYou')),
      action(t('buttons.checkAccount'), profileUrl),
    ],
  };
}

export function accountDeleted(mail: Of<'account_deleted'>, context: TemplateContext): Content {
  const { t, project } = context;
  const { restorableUntil } = mail.params;
  return {
    subject: t('account_deleted.subject', { project }),
    blocks: [
      paragraph(
        restorableUntil === undefined
          ? t('account_deleted.body')
          : t('account_deleted.bodyRestorable', { date: formatEnd(restorableUntil, mail) }),
      ),
      circumstances(mail, context),
      note(t('account_deleted.wasntYou', { project })),
    ],
  };
}

export function accountRestored(mail: Of<'account_restored'>, context: TemplateContext): Content {
  const { t, project, profileUrl } = context;
  return {
    subject: t('account_restored.subject', { project }),
    blocks: [
      paragraph(t('account_restored.body')),
      circumstances(mail, context),
      action(t('buttons.checkAccount'), profileUrl),
      note(t('account_restored.wasntYou', { project })),
    ],
  };
}

export function newSignIn(mail: Of<'new_sign_in'>, context: TemplateContext): Content {
  const { t, project } = context;
  const { method, link, until } = mail.params;
  return {
    subject: t('new_sign_in.subject', { project }),
    blocks: [
      paragraph(t('new_sign_in.body', { method, project })),
      circumstances(mail, context),
      paragraph(t('new_sign_in.wasYou')),
      ...endBlocks({ link, until }, mail, context),
    ],
  };
}

/** "This wasn't me". */
function endBlocks(
  { link, until, wasntYou }: { link: string; until: number; wasntYou?: string },
  mail: Mail,
  { t }: TemplateContext,
): Block[] {
  return [
    paragraph(wasntYou ?? t('new_sign_in.wasntYou')),
    action(t('new_sign_in.button'), link),
    note(t('new_sign_in.effect', { date: formatEnd(until, mail) })),
  ];
}
