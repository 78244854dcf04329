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
  toHtml,
  toText,
  words,
} from './templates/layout';

export type RenderedMail = { subject: string; text: string; html: string };

/** Whose mail it is and when its cause happened. */
export type MailContext = {
  project: Brand;
  happenedAt: Date;
};

type Content = { subject: string; blocks: Block[] };
type Of<Kind extends MailKind> = Extract<Mail, { kind: Kind }>;
type Words = { t: ReturnType<typeof translator<'mail'>>; project: string; profileUrl: string; date: string };

/** A mail as text and as small HTML whose words have no colours of their own, so that it reads in light and dark. */
export function renderMail(mail: Mail, { project, happenedAt }: MailContext): RenderedMail {
  const { name, origin } = project;
  const t = translator(mail.locale, 'mail');
  const date = formatExact(happenedAt, mail.locale, 'UTC');
  const { subject, blocks } = contentOf(mail, { t, project: name, profileUrl: `${origin}/profile`, date });
  const footer = [words(t('footer', { email: mail.to })), link(origin)];
  const all = [words(t('greetingWithoutName')), ...blocks, words(t('signature', { project: name }))];
  return {
    subject,
    text: toText(all, footer),
    html: toHtml(mail.locale, [brandOf(project), ...all.map(blockOf), footerOf(footer)]),
  };
}

function contentOf(mail: Mail, say: Words): Content {
  switch (mail.kind) {
    case 'sign_in':
    case 'registration':
      return codeAndLink(mail, say);
    case 'step_up':
    case 'email_change_code':
    case 'invitation_code':
      return codeAlone(mail, say);
    case 'invitation':
      return welcome(mail, say);
    case 'operator_invitation':
      return invitation(mail, say);
    case 'operator_promoted':
      return promotion(mail, say);
    case 'test':
      return trial(say);
    case 'registration_invitation':
      return registrationInvitation(mail, say);
    case 'email_change_notice':
    case 'email_changed':
    case 'email_change_undone':
      return addressNotice(mail, say);
    case 'recovery_issued':
    case 'recovery_used':
      return recoveryNotice(mail, say);
    default:
      return notice(mail, say);
  }
}

function codeAndLink({ kind, params }: Of<'sign_in' | 'registration'>, { t, project }: Words): Content {
  const { minutes } = params;
  if (params.code === null) {
    const blocks = [
      words(t(`${kind}.linkOnly`, { project })),
      link(params.link),
      words(t(`${kind}.validityLinkOnly`, { minutes })),
      words(t(`${kind}.ignoreLinkOnly`, { project })),
    ];
    return { subject: t(`${kind}.subject`, { project }), blocks };
  }
  const blocks = [
    words(t(`${kind}.code`, { project })),
    code(params.code),
    words(t(`${kind}.link`)),
    link(params.link),
    words(t(`${kind}.validity`, { minutes })),
    words(t(`${kind}.ignore`, { project })),
  ];
  return { subject: t(`${kind}.subjectWithCode`, { code: params.code }), blocks };
}

function codeAlone(mail: Of<'step_up' | 'email_change_code' | 'invitation_code'>, say: Words): Content {
  const { minutes } = mail.params;
  const { lead, ignore } = aroundCode(mail, say);
  const { t } = say;
  return {
    subject: t(`${mail.kind}.subject`, { code: mail.params.code }),
    blocks: [words(lead), code(mail.params.code), words(t(`${mail.kind}.validity`, { minutes })), ...ignore],
  };
}

function aroundCode({ kind, to }: Mail, { t, project, profileUrl }: Words): { lead: string; ignore: Block[] } {
  switch (kind) {
    case 'step_up':
      return { lead: t('step_up.code'), ignore: [words(t('step_up.ignore')), link(profileUrl)] };
    case 'invitation_code':
      return {
        lead: t('invitation_code.code', { project }),
        ignore: [words(t('invitation_code.ignore', { project }))],
      };
    default: {
      const lead = t('email_change_code.code', { newEmail: to });
      return { lead, ignore: [words(t('email_change_code.ignore'))] };
    }
  }
}

function welcome({ to, params: { inviter, ...params } }: Of<'invitation'>, { t, project }: Words): Content {
  const lead = inviter ? t('invitation.body', { inviter, project }) : t('invitation.bodyWithoutInviter', { project });
  return {
    subject: t('invitation.subject', { project }),
    blocks: [words(lead), words(t('invitation.link', { email: to })), link(params.link), words(t('invitation.ignore'))],
  };
}

function invitation({ params, locale }: Of<'operator_invitation'>, { t, project }: Words): Content {
  const { inviter, role, expiresAt, organization = project } = params;
  const invited = { project: organization, role };
  const lead = inviter
    ? t('operator_invitation.body', { ...invited, inviter })
    : t('operator_invitation.bodyWithoutInviter', invited);
  const end = expiresAt === undefined ? null : formatExact(new Date(expiresAt), locale, 'UTC');
  return {
    subject: t('operator_invitation.subject', { project: organization }),
    blocks: [
      words(lead),
      words(t('operator_invitation.link')),
      link(params.link),
      ...(end === null ? [] : [words(t('operator_invitation.validity', { date: end }))]),
      words(t('operator_invitation.ignore')),
    ],
  };
}

function promotion({ params, to }: Of<'operator_promoted'>, { t, date, profileUrl }: Words): Content {
  const { role, organization, passkeys, identifiers } = params;
  const isEmpty = passkeys.length + identifiers.length === 0;
  return {
    subject: t('operator_promoted.subject', { organization }),
    blocks: [
      words(t('operator_promoted.body', { date, role, organization })),
      words(t('operator_promoted.signIn', { email: to })),
      ...(isEmpty ? [] : [words(t('operator_promoted.removed'))]),
      ...passkeys.map((name) => words(t('operator_promoted.passkey', { name }))),
      ...identifiers.map((identifier) => words(t('operator_promoted.identifier', { identifier }))),
      words(t('operator_promoted.wasntYou', { organization })),
      link(profileUrl),
    ],
  };
}

function registrationInvitation({ params, locale }: Of<'registration_invitation'>, { t, project }: Words): Content {
  const { inviter, expiresAt } = params;
  const date = formatExact(new Date(expiresAt), locale, 'UTC');
  const lead = inviter
    ? t('registration_invitation.body', { inviter, project })
    : t('registration_invitation.bodyWithoutInviter', { project });
  return {
    subject: t('registration_invitation.subject', { project }),
    blocks: [
      words(lead),
      words(t('registration_invitation.link')),
      link(params.link),
      words(t('registration_invitation.validity', { date })),
      words(t('registration_invitation.ignore')),
    ],
  };
}

function trial({ t, project, date }: Words): Content {
  return { subject: t('test.subject', { project }), blocks: [words(t('test.body', { project, date }))] };
}

type AddressNotice = Of<'email_change_notice' | 'email_changed' | 'email_change_undone'>;

function addressNotice(mail: AddressNotice, { t, project, profileUrl, date }: Words): Content {
  switch (mail.kind) {
    case 'email_change_notice': {
      const { newAddress: newEmail, by = 'holder' } = mail.params;
      const changed = { date, by, oldEmail: mail.to };
      const body = newEmail
        ? t('email_change_notice.body', { ...changed, newEmail })
        : t('email_change_notice.bodyWithoutNew', changed);
      const blocks = [words(body), ...undoOf(mail, { t, project, profileUrl, date })];
      return { subject: t('email_change_notice.subject', { project }), blocks };
    }
    case 'email_changed': {
      const blocks = [words(t('email_changed.body', { date, project })), words(t('email_changed.ignore', { project }))];
      return { subject: t('email_changed.subject', { project }), blocks };
    }
    case 'email_change_undone': {
      const { isBack, removedPasskeys } = mail.params;
      const undone = { date, email: mail.to, count: removedPasskeys };
      const body = isBack ? t('email_change_undone.back', undone) : t('email_change_undone.gone', undone);
      const blocks = [words(body), ...(isBack ? [words(t('email_change_undone.next')), link(profileUrl)] : [])];
      return { subject: t('email_change_undone.subject', { project }), blocks };
    }
  }
}

/** What to do about a change one did not make. */
function undoOf({ params, locale }: Of<'email_change_notice'>, { t, project, profileUrl }: Words): Block[] {
  const { undoLink, undoUntil, by } = params;
  if (undoLink === undefined || undoUntil === undefined) {
    if (by === 'administrator') return [words(t('email_change_notice.contact', { project }))];
    return [words(t('email_change_notice.wasntYou', { project })), link(profileUrl)];
  }
  const end = formatExact(new Date(undoUntil), locale, 'UTC');
  return [
    words(t('email_change_notice.undo')),
    link(undoLink),
    words(t('email_change_notice.undoEffect', { date: end, project })),
  ];
}

function recoveryNotice(
  mail: Of<'recovery_issued' | 'recovery_used'>,
  { t, project, profileUrl, date }: Words,
): Content {
  const subject = t(`${mail.kind}.subject`, { project });
  if (mail.kind === 'recovery_used') {
    const wasntYou = [words(t('recovery_used.wasntYou', { project })), link(profileUrl)];
    return { subject, blocks: [words(t('recovery_used.body', { date })), ...wasntYou] };
  }
  const end = formatExact(new Date(mail.params.expiresAt), mail.locale, 'UTC');
  const blocks = [words(t('recovery_issued.body', { date, end })), words(t('recovery_issued.wasntYou', { project }))];
  return { subject, blocks };
}

type Notice = Of<'passkey_added' | 'passkey_deleted' | 'account_deleted'>;

function notice(mail: Notice, { t, project, profileUrl, date }: Words): Content {
  const subject = t(`${mail.kind}.subject`, { project });
  if (mail.kind === 'account_deleted') {
    const blocks = [words(t('account_deleted.body', { date })), words(t('account_deleted.wasntYou', { project }))];
    return { subject, blocks };
  }
  const body = t(`${mail.kind}.body`, { date, name: mail.params.passkeyName });
  return { subject, blocks: [words(body), words(t(`${mail.kind}.wasntYou`)), link(profileUrl)] };
}
