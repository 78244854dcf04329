import { formatExact } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { Mail, MailKind } from './model';
import {
  type Block,
  type Brand,
  blockOf,
  brandOf,
  code,
  footerOf,
  link,
  paragraph,
  toHtml,
  toText,
} from './templates/layout';

export type RenderedMail = { subject: string; text: string; html: string };

/** The project a mail belongs to, and when its cause happened. */
export type MailContext = {
  project: Brand;
  happenedAt: Date;
};

type Content = { subject: string; blocks: Block[] };
type Of<Kind extends MailKind> = Extract<Mail, { kind: Kind }>;
type TemplateContext = { t: ReturnType<typeof translator<'mail'>>; project: string; profileUrl: string; date: string };

/** Renders a mail as text and as small HTML without text colors, so that it is readable in light and dark mode. */
export function renderMail(mail: Mail, { project, happenedAt }: MailContext): RenderedMail {
  const { name, origin } = project;
  const t = translator(mail.locale, 'mail');
  const date = formatExact(happenedAt, mail.locale, 'UTC');
  const { subject, blocks } = contentOf(mail, { t, project: name, profileUrl: `${origin}/profile`, date });
  const footer = [paragraph(t('footer', { email: mail.to })), link(origin)];
  const all = [paragraph(t('greetingWithoutName')), ...blocks, paragraph(t('signature', { project: name }))];
  return {
    subject,
    text: toText(all, footer),
    html: toHtml(mail.locale, [brandOf(project), ...all.map(blockOf), footerOf(footer)]),
  };
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
    case 'test':
      return testMessage(context);
    case 'registration_invitation':
      return registrationInvitation(mail, context);
    case 'email_change_notice':
    case 'email_changed':
    case 'email_change_undone':
      return addressNotice(mail, context);
    case 'recovery_issued':
    case 'recovery_used':
      return recoveryNotice(mail, context);
    default:
      return notice(mail, context);
  }
}

function codeAndLink({ kind, params }: Of<'sign_in' | 'registration'>, { t, project }: TemplateContext): Content {
  const { minutes } = params;
  if (params.code === null) {
    const blocks = [
      paragraph(t(`${kind}.linkOnly`, { project })),
      link(params.link),
      paragraph(t(`${kind}.validityLinkOnly`, { minutes })),
      paragraph(t(`${kind}.ignoreLinkOnly`, { project })),
    ];
    return { subject: t(`${kind}.subject`, { project }), blocks };
  }
  const blocks = [
    paragraph(t(`${kind}.code`, { project })),
    code(params.code),
    paragraph(t(`${kind}.link`)),
    link(params.link),
    paragraph(t(`${kind}.validity`, { minutes })),
    paragraph(t(`${kind}.ignore`, { project })),
  ];
  return { subject: t(`${kind}.subjectWithCode`, { code: params.code }), blocks };
}

function codeOnly(mail: Of<'step_up' | 'email_change_code' | 'invitation_code'>, context: TemplateContext): Content {
  const { minutes } = mail.params;
  const { lead, ignore } = aroundCode(mail, context);
  const { t } = context;
  return {
    subject: t(`${mail.kind}.subject`, { code: mail.params.code }),
    blocks: [paragraph(lead), code(mail.params.code), paragraph(t(`${mail.kind}.validity`, { minutes })), ...ignore],
  };
}

function aroundCode(
  { kind, to }: Mail,
  { t, project, profileUrl }: TemplateContext,
): { lead: string; ignore: Block[] } {
  switch (kind) {
    case 'step_up':
      return { lead: t('step_up.code'), ignore: [paragraph(t('step_up.ignore')), link(profileUrl)] };
    case 'invitation_code':
      return {
        lead: t('invitation_code.code', { project }),
        ignore: [paragraph(t('invitation_code.ignore', { project }))],
      };
    default: {
      const lead = t('email_change_code.code', { newEmail: to });
      return { lead, ignore: [paragraph(t('email_change_code.ignore'))] };
    }
  }
}

function identityInvitation(
  { to, params: { inviter, ...params } }: Of<'invitation'>,
  { t, project }: TemplateContext,
): Content {
  const lead = inviter ? t('invitation.body', { inviter, project }) : t('invitation.bodyWithoutInviter', { project });
  return {
    subject: t('invitation.subject', { project }),
    blocks: [
      paragraph(lead),
      paragraph(t('invitation.link', { email: to })),
      link(params.link),
      paragraph(t('invitation.ignore')),
    ],
  };
}

function operatorInvitation({ params, locale }: Of<'operator_invitation'>, { t, project }: TemplateContext): Content {
  const { inviter, role, expiresAt, organization = project } = params;
  const invited = { project: organization, role };
  const lead = inviter
    ? t('operator_invitation.body', { ...invited, inviter })
    : t('operator_invitation.bodyWithoutInviter', invited);
  const end = expiresAt === undefined ? null : formatExact(new Date(expiresAt), locale, 'UTC');
  return {
    subject: t('operator_invitation.subject', { project: organization }),
    blocks: [
      paragraph(lead),
      paragraph(t('operator_invitation.link')),
      link(params.link),
      ...(end === null ? [] : [paragraph(t('operator_invitation.validity', { date: end }))]),
      paragraph(t('operator_invitation.ignore')),
    ],
  };
}

function promotion({ params, to }: Of<'operator_promoted'>, { t, date, profileUrl }: TemplateContext): Content {
  const { role, organization, passkeys, identifiers } = params;
  const isEmpty = passkeys.length + identifiers.length === 0;
  return {
    subject: t('operator_promoted.subject', { organization }),
    blocks: [
      paragraph(t('operator_promoted.body', { date, role, organization })),
      paragraph(t('operator_promoted.signIn', { email: to })),
      ...(isEmpty ? [] : [paragraph(t('operator_promoted.removed'))]),
      ...passkeys.map((name) => paragraph(t('operator_promoted.passkey', { name }))),
      ...identifiers.map((identifier) => paragraph(t('operator_promoted.identifier', { identifier }))),
      paragraph(t('operator_promoted.wasntYou', { organization })),
      link(profileUrl),
    ],
  };
}

function registrationInvitation(
  { params, locale }: Of<'registration_invitation'>,
  { t, project }: TemplateContext,
): Content {
  const { inviter, expiresAt } = params;
  const date = formatExact(new Date(expiresAt), locale, 'UTC');
  const lead = inviter
    ? t('registration_invitation.body', { inviter, project })
    : t('registration_invitation.bodyWithoutInviter', { project });
  return {
    subject: t('registration_invitation.subject', { project }),
    blocks: [
      paragraph(lead),
      paragraph(t('registration_invitation.link')),
      link(params.link),
      paragraph(t('registration_invitation.validity', { date })),
      paragraph(t('registration_invitation.ignore')),
    ],
  };
}

function testMessage({ t, project, date }: TemplateContext): Content {
  return { subject: t('test.subject', { project }), blocks: [paragraph(t('test.body', { project, date }))] };
}

type AddressNotice = Of<'email_change_notice' | 'email_changed' | 'email_change_undone'>;

function addressNotice(mail: AddressNotice, { t, project, profileUrl, date }: TemplateContext): Content {
  switch (mail.kind) {
    case 'email_change_notice': {
      const { newAddress: newEmail, by = 'holder' } = mail.params;
      const changed = { date, by, oldEmail: mail.to };
      const body = newEmail
        ? t('email_change_notice.body', { ...changed, newEmail })
        : t('email_change_notice.bodyWithoutNew', changed);
      const blocks = [paragraph(body), ...undoBlocks(mail, { t, project, profileUrl, date })];
      return { subject: t('email_change_notice.subject', { project }), blocks };
    }
    case 'email_changed': {
      const blocks = [
        paragraph(t('email_changed.body', { date, project })),
        paragraph(t('email_changed.ignore', { project })),
      ];
      return { subject: t('email_changed.subject', { project }), blocks };
    }
    case 'email_change_undone': {
      const { isBack, removedPasskeys } = mail.params;
      const undone = { date, email: mail.to, count: removedPasskeys };
      const body = isBack ? t('email_change_undone.back', undone) : t('email_change_undone.gone', undone);
      const blocks = [paragraph(body), ...(isBack ? [paragraph(t('email_change_undone.next')), link(profileUrl)] : [])];
      return { subject: t('email_change_undone.subject', { project }), blocks };
    }
  }
}

/** What to do if the recipient did not make the change. */
function undoBlocks(
  { params, locale }: Of<'email_change_notice'>,
  { t, project, profileUrl }: TemplateContext,
): Block[] {
  const { undoLink, undoUntil, by } = params;
  if (undoLink === undefined || undoUntil === undefined) {
    if (by === 'administrator') return [paragraph(t('email_change_notice.contact', { project }))];
    return [paragraph(t('email_change_notice.wasntYou', { project })), link(profileUrl)];
  }
  const end = formatExact(new Date(undoUntil), locale, 'UTC');
  return [
    paragraph(t('email_change_notice.undo')),
    link(undoLink),
    paragraph(t('email_change_notice.undoEffect', { date: end, project })),
  ];
}

function recoveryNotice(
  mail: Of<'recovery_issued' | 'recovery_used'>,
  { t, project, profileUrl, date }: TemplateContext,
): Content {
  const subject = t(`${mail.kind}.subject`, { project });
  if (mail.kind === 'recovery_used') {
    const wasntYou = [paragraph(t('recovery_used.wasntYou', { project })), link(profileUrl)];
    return { subject, blocks: [paragraph(t('recovery_used.body', { date })), ...wasntYou] };
  }
  const end = formatExact(new Date(mail.params.expiresAt), mail.locale, 'UTC');
  const blocks = [
    paragraph(t('recovery_issued.body', { date, end })),
    paragraph(t('recovery_issued.wasntYou', { project })),
  ];
  return { subject, blocks };
}

type Notice = Of<'passkey_added' | 'passkey_deleted' | 'account_deleted'>;

function notice(mail: Notice, { t, project, profileUrl, date }: TemplateContext): Content {
  const subject = t(`${mail.kind}.subject`, { project });
  if (mail.kind === 'account_deleted') {
    const blocks = [
      paragraph(t('account_deleted.body', { date })),
      paragraph(t('account_deleted.wasntYou', { project })),
    ];
    return { subject, blocks };
  }
  const body = t(`${mail.kind}.body`, { date, name: mail.params.passkeyName });
  return { subject, blocks: [paragraph(body), paragraph(t(`${mail.kind}.wasntYou`)), link(profileUrl)] };
}
