'use client';

import { Badge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { Row, RowHeader, Td } from '@/components/ui/data/table';
import { CircleCheck } from '@/components/ui/icons';
import { VisuallyHidden } from '@/components/ui/layout/visually-hidden';
import { formatNumber, type Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { IdentityState } from '@/lib/identity/model';

export type ShownUser = {
  id: string;
  /** The name, the address of a user without a name, or the ID. */
  name: string;
  email: string | null;
  isVerified: boolean;
  isOperator: boolean;
  state: IdentityState;
  passkeyCount: number;
  createdAt: Date;
};

type Props = { users: ShownUser[]; base: string; locale: Locale; now: Date };

/** Table rows. A client component, so that the page contains their data instead of their elements. */
export function UserRows({ users, base, locale, now }: Props) {
  const t = useTranslations('consoleUsers');
  return users.map((user) => (
    <Row key={user.id}>
      <RowHeader
        href={`${base}/${user.id}`}
        badges={user.isOperator && <Badge>{t('operator')}</Badge>}
        detail={
          <span className="md:hidden">
            <Email user={user} isUnderName />
          </span>
        }
      >
        <bdi>{user.name}</bdi>
      </RowHeader>
      <Td hideBelow="md">
        <Email user={user} />
      </Td>
      <Td isNoWrap>
        <Badge tone={user.state === 'active' ? 'success' : 'neutral'}>{t(`state.${user.state}`)}</Badge>
      </Td>
      <Td isNumeric hideBelow="lg">
        {formatNumber(user.passkeyCount, locale)}
      </Td>
      <Td isMuted isNoWrap hideBelow="sm">
        <RelativeTime value={user.createdAt} now={now} locale={locale} />
      </Td>
    </Row>
  ));
}

/** Not shown for users without a name, whose address is shown as the name. */
function Email({ user: { name, email, isVerified }, isUnderName }: { user: ShownUser; isUnderName?: boolean }) {
  const t = useTranslations('consoleUsers');
  if (email === null) return <span className="text-muted">{t('noEmail')}</span>;
  return (
    <span className="item-head">
      {!(isUnderName && name === email) && <bdi className="min-w-0 wrap-anywhere">{email}</bdi>}
      {isVerified && (
        <span title={t('verified')} className="shrink-0 text-success">
          <CircleCheck size={16} aria-hidden />
          <VisuallyHidden>{t('verified')}</VisuallyHidden>
        </span>
      )}
    </span>
  );
}
