'use client';

import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { Facts, Item } from '@/components/ui/data/item-list';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { Laptop, MonitorSmartphone, Smartphone, Tablet } from '@/components/ui/icons';
import type { Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { Device } from '@/lib/platform/user-agent';

export type ShownSession = {
  id: string;
  /** In words, such as "Firefox on Linux". */
  name: string;
  kind: Device['kind'];
  address: string;
  /** Of the address, if known. */
  place?: string | null;
  lastSeenAt: Date;
  /** The current session. */
  isCurrent: boolean;
};

type Props = { session: ShownSession; locale: Locale; now: Date; facts?: ReactNode[]; actions?: ReactNode };

const ICONS: Record<Device['kind'], ReactNode> = {
  desktop: <Laptop size={20} aria-hidden />,
  mobile: <Smartphone size={20} aria-hidden />,
  tablet: <Tablet size={20} aria-hidden />,
  unknown: <MonitorSmartphone size={20} aria-hidden />,
};

/** A session in a list: device, last seen, address. Needs the namespace `profile`. */
export function SessionItem({ session, locale, now, facts = [], actions }: Props) {
  const t = useTranslations('profile.sessions');
  const { name, kind, address, place, lastSeenAt, isCurrent } = session;
  return (
    <Item
      icon={ICONS[kind]}
      title={name}
      badges={isCurrent && <Badge tone="success">{t('thisDevice')}</Badge>}
      detail={
        <Facts>
          {[
            isCurrent
              ? t('activeNow')
              : t.rich('lastSeen', { date: () => <RelativeTime value={lastSeenAt} now={now} locale={locale} /> }),
            t('address', { address }),
            ...(place ? [place] : []),
            ...facts,
          ]}
        </Facts>
      }
      actions={actions}
    />
  );
}
