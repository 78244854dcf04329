'use client';

import type { ReactNode } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { CutText, type HideBelow, Row, RowHeader, Td } from '@/components/ui/data/table';
import { CircleCheck } from '@/components/ui/icons';
import { formatDay, formatNumber, type Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { IdentityState } from '@/lib/identity/model';
import type { Column } from '../columns';
import { SelectUser } from './user-selection';

export type ShownUser = {
  id: string;
  /** The name, the address of a user without a name, or the ID. */
  name: string;
  /** Without the degree, if there is one. */
  plainName: string | undefined;
  /** The picture's path. */
  picture: string | undefined;
  email: string | null;
  isVerified: boolean;
  isOperator: boolean;
  state: IdentityState;
  /** When an account that its owner deleted is purged. */
  deletionDueAt: Date | null;
  /** Absent where their columns are not shown. */
  passkeyCount: number | undefined;
  signedInAt: Date | null | undefined;
  createdAt: Date | undefined;
  schemaId: string | undefined;
  externalId: string | null | undefined;
};

type Props = {
  users: ShownUser[];
  columns: Array<{ column: Column; hideBelow: HideBelow }>;
  isSelectable: boolean;
  base: string;
  locale: Locale;
  now: Date;
};

/** Table rows. A client component, so that the page contains their data instead of their elements. */
export function UserRows({ users, columns, isSelectable, base, locale, now }: Props) {
  const t = useTranslations('consoleUsers');
  const cells: Record<Column, (user: ShownUser) => ReactNode> = {
    email: (user) => <Email user={user} locale={locale} />,
    state: (user) => <State user={user} locale={locale} />,
    signedIn: ({ signedInAt }) =>
      signedInAt ? <RelativeTime value={signedInAt} now={now} locale={locale} /> : t('columns.never'),
    passkeys: ({ passkeyCount = 0 }) => formatNumber(passkeyCount, locale),
    created: ({ createdAt }) => createdAt && <RelativeTime value={createdAt} now={now} locale={locale} />,
    schema: ({ schemaId = '' }) => <CutText>{schemaId}</CutText>,
    externalId: ({ externalId }) => <CutText>{externalId ?? ''}</CutText>,
  };
  return users.map((user) => (
    <Row key={user.id}>
      {isSelectable && (
        <Td isInteractive>
          <SelectUser id={user.id} name={user.name} />
        </Td>
      )}
      <RowHeader
        href={`${base}/${user.id}`}
        title={user.email === null || user.email === user.name ? user.name : `${user.name}\n${user.email}`}
        lead={<Avatar name={user.plainName ?? user.name} src={user.picture} size="tiny" />}
        badges={user.isOperator && <Badge>{t('operator')}</Badge>}
        detail={
          <span className="md:hidden">
            <Email user={user} locale={locale} isUnderName />
          </span>
        }
      >
        <bdi>{user.name}</bdi>
      </RowHeader>
      {columns.map(({ column, hideBelow }) => (
        <Td
          key={column}
          hideBelow={hideBelow}
          isNumeric={column === 'passkeys'}
          isNoWrap
          isMuted={column === 'signedIn' || column === 'created'}
        >
          {cells[column](user)}
        </Td>
      ))}
    </Row>
  ));
}

function State({ user, locale, isShort = false }: { user: ShownUser; locale: Locale; isShort?: boolean }) {
  const t = useTranslations('consoleUsers');
  const { state, deletionDueAt } = user;
  if (deletionDueAt === null)
    return <Badge tone={state === 'active' ? 'success' : 'neutral'}>{t(`state.${state}`)}</Badge>;
  const text = t('deletesOn', { date: formatDay(deletionDueAt, locale, 'UTC') });
  return (
    <Badge tone="warning" title={text}>
      {isShort ? t('deleting') : text}
    </Badge>
  );
}

/** Under the name, not repeated for a user without a name, whose address is shown as the name. */
function Email({ user, locale, isUnderName = false }: { user: ShownUser; locale: Locale; isUnderName?: boolean }) {
  const t = useTranslations('consoleUsers');
  const { name, email, isVerified, state, deletionDueAt } = user;
  const badges = (
    <>
      {isVerified && (
        <span title={t('verified')} className="shrink-0 text-success">
          <CircleCheck size={16} aria-hidden />
          <span className="sr-only">{t('verified')}</span>
        </span>
      )}
      {isUnderName && (state === 'inactive' || deletionDueAt !== null) && (
        <span className="shrink-0 sm:hidden">
          <State user={user} locale={locale} isShort />
        </span>
      )}
    </>
  );
  if (email === null) return <CutText badge={badges}>{t('noEmail')}</CutText>;
  return <CutText badge={badges}>{isUnderName && name === email ? '' : email}</CutText>;
}
