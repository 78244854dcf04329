'use client';

import { ShieldCheck, UserRoundCog } from '@/components/ui/icons';
import { SideNav } from '@/components/ui/layout/side-nav';
import { useTranslations } from '@/lib/i18n/use-translations';

/** The two pages of a person. */
export function ProfileNav() {
  const t = useTranslations('common.nav');
  return (
    <SideNav
      label={t('label')}
      items={[
        { href: '/profile', text: t('accountAndSecurity'), icon: <ShieldCheck size={16} aria-hidden /> },
        { href: '/profile/settings', text: t('accountSettings'), icon: <UserRoundCog size={16} aria-hidden /> },
      ]}
    />
  );
}
