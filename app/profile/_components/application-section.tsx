import { LogoImage } from '@/components/brand/project-mark';
import { FocusHeadingAfter } from '@/components/shell/focus-heading-after';
import { buttonStyle } from '@/components/ui/button-style';
import { Facts, Item, ItemList } from '@/components/ui/data/item-list';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { Section } from '@/components/ui/layout/section';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { ActionResult } from '@/lib/platform/action-result';
import { RemoveAccess } from './remove-access';

export type ShownApplication = {
  clientId: string;
  name: string;
  logo: string | null;
  launchUrl: string | null;
  /** What it knows, in words. */
  knows: string;
  lastUsedAt: Date | null;
};

type Props = {
  applications: ShownApplication[];
  locale: Locale;
  now: Date;
  remove: (input: { clientId: string }) => Promise<ActionResult<unknown>>;
};

/** The region "Applications": where the person signs in with this account. */
export function ApplicationSection({ applications, locale, now, remove }: Props) {
  const t = translator(locale, 'profile.applications');
  return (
    <Section id="applications" title={t('title')} help={t('help')}>
      <FocusHeadingAfter shown={applications.map(({ clientId }) => clientId)} headingId="applications" />
      <ItemList label={t('title')}>
        {applications.map(({ clientId, name, logo, launchUrl, knows, lastUsedAt }) => (
          <Item
            key={clientId}
            icon={logo && <LogoImage src={logo} size={20} />}
            title={name}
            detail={
              <Facts>
                {[
                  knows,
                  lastUsedAt &&
                    t.rich('lastUsed', { date: () => <RelativeTime value={lastUsedAt} now={now} locale={locale} /> }),
                ]}
              </Facts>
            }
            actions={
              <>
                {launchUrl && (
                  <a
                    href={launchUrl}
                    className={buttonStyle('secondary', 'small')}
                    aria-label={t('openLabel', { name })}
                  >
                    {t('open')}
                  </a>
                )}
                <RemoveAccess name={name} clientId={clientId} remove={remove} />
              </>
            }
          />
        ))}
      </ItemList>
    </Section>
  );
}
