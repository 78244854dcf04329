'use client';

import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { DateText } from '@/components/ui/data/date-text';
import { Facts, Item } from '@/components/ui/data/item-list';
import { RelativeTime } from '@/components/ui/data/relative-time';
import type { Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import { ProviderGlyph } from './provider-glyph';
import type { ShownPasskey } from './shown-passkey';

type Props = {
  passkey: ShownPasskey;
  locale: Locale;
  now: Date;
  isHighlighted?: boolean;
  actions?: ReactNode;
  children?: ReactNode;
};

/** A passkey in a list: name, sync state, creation and last use. Needs the namespace `profile`. */
export function PasskeyItem({ passkey, locale, now, isHighlighted, actions, children }: Props) {
  const { name, kind, provider, isSynced, isCurrent = false, mayBeCopied, createdAt, lastUsedAt } = passkey;
  const t = useTranslations('profile.passkeys');
  return (
    <Item
      icon={<ProviderGlyph kind={kind} />}
      title={<bdi>{name}</bdi>}
      isHighlighted={isHighlighted ?? false}
      badges={
        <>
          <Badge title={isSynced ? t('syncedHelp') : t('thisDeviceOnlyHelp')}>
            {isSynced ? t('synced') : t('thisDeviceOnly')}
          </Badge>
          {mayBeCopied && <Badge tone="danger">{t('maybeCopied')}</Badge>}
          {isCurrent && <Badge tone="success">{t('usedForThisSession')}</Badge>}
        </>
      }
      detail={
        <Facts>
          {[
            provider !== name && provider,
            t.rich('added', { date: () => <DateText value={createdAt} locale={locale} /> }),
            lastUsedAt
              ? t.rich('lastUsed', { date: () => <RelativeTime value={lastUsedAt} now={now} locale={locale} /> })
              : !isCurrent && t('neverUsed'),
          ]}
        </Facts>
      }
      actions={actions}
    >
      {children}
    </Item>
  );
}
