import { type Content, circumstances, type Of, type TemplateContext } from './context';
import { action, type Block, code, note, paragraph } from './layout';

type CodeAndLink = Of<'sign_in' | 'registration'>;
type CodeOnly = Of<'step_up' | 'email_change_code' | 'invitation_code'>;

export function codeAndLink(mail: CodeAndLink, context: TemplateContext): Content {
  const { kind, params } = mail;
  const { t, project } = context;
  const { minutes } = params;
  const button = action(t(`${kind}.button`), params.link);
  if (params.code === null) {
    const blocks = [
      paragraph(t(`${kind}.linkOnly`, { project })),
      button,
      note(t(`${kind}.validityLinkOnly`, { minutes })),
      circumstances(mail, context),
      note(t(`${kind}.ignoreLinkOnly`, { project })),
    ];
    return { subject: t(`${kind}.subject`, { project }), blocks };
  }
  const blocks = [
    paragraph(t(`${kind}.code`, { project })),
    code(params.code),
    paragraph(t(`${kind}.link`)),
    button,
    note(t(`${kind}.validity`, { minutes })),
    circumstances(mail, context),
    note(t(`${kind}.ignore`, { project })),
  ];
  return { subject: t(`${kind}.subjectWithCode`, { code: params.code }), blocks };
}

export function codeOnly(mail: CodeOnly, context: TemplateContext): Content {
  const { kind, params } = mail;
  const { t } = context;
  const { lead, ignore } = aroundCode(mail, context);
  const validity = note(t(`${kind}.validity`, { minutes: params.minutes }));
  return {
    subject: t(`${kind}.subject`, { code: params.code }),
    blocks: [paragraph(lead), code(params.code), validity, circumstances(mail, context), ...ignore],
  };
}

function aroundCode({ kind, to }: CodeOnly, { t, project, profileUrl }: TemplateContext) {
  const ignoring = (text: string, ...more: Block[]) => [note(text), ...more];
  switch (kind) {
    case 'step_up':
      return {
        lead: t('step_up.code'),
        ignore: ignoring(t('step_up.ignore'), action(t('buttons.checkAccount'), profileUrl)),
      };
    case 'invitation_code':
      return {
        lead: t('invitation_code.code', { project }),
        ignore: ignoring(t('invitation_code.ignore', { project })),
      };
    case 'email_change_code':
      return {
        lead: t('email_change_code.code', { newEmail: to }),
        ignore: ignoring(t('email_change_code.ignore')),
      };
  }
}
