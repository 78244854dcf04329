import { type Content, circumstances, formatEnd, type Of, type TemplateContext } from './context';
import { action, list, note, paragraph } from './layout';

export function identityInvitation({ to, params }: Of<'invitation'>, { t, project }: TemplateContext): Content {
  const { inviter, link } = params;
  const lead = inviter ? t('invitation.body', { inviter, project }) : t('invitation.bodyWithoutInviter', { project });
  return {
    subject: t('invitation.subject', { project }),
    blocks: [
      paragraph(lead),
      paragraph(t('invitation.link', { email: to })),
      action(t('buttons.signIn'), link),
      note(t('invitation.ignore')),
    ],
  };
}

export function registrationInvitation(mail: Of<'registration_invitation'>, { t, project }: TemplateContext): Content {
  const { inviter, expiresAt, link } = mail.params;
  const lead = inviter
    ? t('registration_invitation.body', { inviter, project })
    : t('registration_invitation.bodyWithoutInviter', { project });
  return {
    subject: t('registration_invitation.subject', { project }),
    blocks: [
      paragraph(lead),
      paragraph(t('registration_invitation.link')),
      action(t('buttons.createAccount'), link),
      note(t('registration_invitation.validity', { date: formatEnd(expiresAt, mail) })),
      note(t('registration_invitation.ignore')),
    ],
  };
}

export function operatorInvitation(mail: Of<'operator_invitation'>, { t, project }: TemplateContext): Content {
  const { inviter, role, expiresAt, link, organization = project } = mail.params;
  const invited = { project: organization, role };
  const lead = inviter
    ? t('operator_invitation.body', { ...invited, inviter })
    : t('operator_invitation.bodyWithoutInviter', invited);
  const end = expiresAt === undefined ? null : formatEnd(expiresAt, mail);
  return {
    subject: t('operator_invitation.subject', { project: organization }),
    blocks: [
      paragraph(lead),
      paragraph(t('operator_invitation.link')),
      action(t('buttons.acceptInvitation'), link),
      ...(end === null ? [] : [note(t('operator_invitation.validity', { date: end }))]),
      note(t('operator_invitation.ignore')),
    ],
  };
}

export function promotion(mail: Of<'operator_promoted'>, context: TemplateContext): Content {
  const { t, profileUrl } = context;
  const { role, organization, passkeys, identifiers } = mail.params;
  const removed = [
    ...passkeys.map((name) => t('operator_promoted.passkey', { name })),
    ...identifiers.map((identifier) => t('operator_promoted.identifier', { identifier })),
  ];
  return {
    subject: t('operator_promoted.subject', { organization }),
    blocks: [
      paragraph(t('operator_promoted.body', { role, organization })),
      paragraph(t('operator_promoted.signIn', { email: mail.to })),
      ...(removed.length === 0 ? [] : [paragraph(t('operator_promoted.removed')), list(removed)]),
      circumstances(mail, context),
      note(t('operator_promoted.wasntYou', { organization })),
      action(t('buttons.checkAccount'), profileUrl),
    ],
  };
}
