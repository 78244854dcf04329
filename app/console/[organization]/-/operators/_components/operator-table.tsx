import { Badge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { CutText, DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import { VisuallyHidden } from '@/components/ui/layout/visually-hidden';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { ListedOperator } from '@/lib/operator/model';
import type { ActionResult } from '@/lib/platform/action-result';
import type { OperatorRole } from '@/lib/role/model';
import { ChangeRole, type RoleActions } from './change-role';
import { RemoveOperator } from './remove-operator';

type Props = RoleActions & {
  operators: Array<ListedOperator & { isSelf: boolean; isLastOwner: boolean }>;
  /** The roles the signed-in operator may act on. */
  manageableRoles: OperatorRole[];
  organization: string;
  now: Date;
  locale: Locale;
  remove: (input: { identityId: string }) => Promise<ActionResult<unknown>>;
};

/** Operators and their roles; each row offers what the signed-in operator may do. */
export function OperatorTable(props: Props) {
  const { operators, manageableRoles, organization, now, locale, changeRole, previewPromotion, remove } = props;
  const t = translator(locale, 'consoleProjects.operators');
  const roles = translator(locale, 'console.roles');
  return (
    <DataTable
      label={t('title')}
      head={
        <>
          <Th isWide>{t('name')}</Th>
          <Th>{t('role')}</Th>
          <Th hideBelow="md">{t('since')}</Th>
          <Th>
            <VisuallyHidden>{t('actions')}</VisuallyHidden>
          </Th>
        </>
      }
    >
      {operators.map(({ identityId, name, email, state, role, since, isSelf, isLastOwner }) => (
        <Row key={identityId}>
          <RowHeader
            badges={
              <>
                {isSelf && <Badge>{t('you')}</Badge>}
                {state === 'inactive' && <Badge tone="warning">{t('inactive')}</Badge>}
              </>
            }
            detail={<CutText>{email !== name ? (email ?? '') : ''}</CutText>}
            title={name}
          >
            <bdi>{name}</bdi>
          </RowHeader>
          <Td isNoWrap>{roles(role)}</Td>
          <Td hideBelow="md" isNoWrap isMuted>
            <RelativeTime value={since} now={now} locale={locale} />
          </Td>
          <Td isInteractive isNumeric>
            {manageableRoles.includes(role) && (
              <ChangeRole
                operator={{ identityId, name, role }}
                roles={manageableRoles}
                isLastOwner={isLastOwner}
                locale={locale}
                changeRole={changeRole}
                previewPromotion={previewPromotion}
              />
            )}
            {(manageableRoles.includes(role) || isSelf) && (
              <RemoveOperator
                operator={{ identityId, name }}
                organization={organization}
                isSelf={isSelf}
                isLastOwner={isLastOwner}
                remove={remove}
              />
            )}
          </Td>
        </Row>
      ))}
    </DataTable>
  );
}
