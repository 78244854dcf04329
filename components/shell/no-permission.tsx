import { ButtonLink } from '@/components/ui/button-link';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { OperatorRole } from '@/lib/role/model';
import { ConsoleStatus } from './console-status';

type Props = {
  role: OperatorRole;
  organization: { name: string };
  /** Where to go instead, such as the list the page belongs to. */
  backHref: string;
  locale: Locale;
};

/** Shown instead of a page the operator's role may not open. */
export function NoPermission({ role, organization, backHref, locale }: Props) {
  const t = translator(locale, 'console');
  return (
    <ConsoleStatus
      title={t('noPermission.title')}
      action={<ButtonLink href={backHref}>{translator(locale, 'common')('back')}</ButtonLink>}
    >
      <p className="wrap-anywhere">
        {t('noPermission.body', { role: t(`roles.${role}`), organization: organization.name })}
      </p>
    </ConsoleStatus>
  );
}
