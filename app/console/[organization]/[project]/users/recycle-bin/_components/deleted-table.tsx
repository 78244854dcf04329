import { DateText } from '@/components/ui/data/date-text';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { CutText, DataTable, Row, RowActions, RowHeader, Td, Th } from '@/components/ui/data/table';
import { VisuallyHidden } from '@/components/ui/layout/visually-hidden';
import type { AuditEvent } from '@/lib/audit/model';
import { formatNumber, type Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { confirmationOf, type DeletedSummary } from '@/lib/identity/model/deleted';
import { isWithinReach } from '@/lib/role/model';
import { namesOf } from '@/lib/web/audit-log/names';
import { may, type ProjectProof } from '@/lib/web/console';
import { purgeUser } from '../actions';
import { PurgeUser } from './purge-user';
import { RestoreUser } from './restore-user';

type Props = { proof: ProjectProof; deleted: DeletedSummary[]; users: string; locale: Locale };

export async function DeletedTable({ proof, deleted, users, locale }: Props) {
  const t = translator(locale, 'consoleRecycleBin.columns');
  const names = await namesOf(proof, deleted.map(toEvent), locale);
  const now = new Date();
  const isAdmin = may(proof, 'admin');
  return (
    <DataTable
      label={translator(locale, 'consoleRecycleBin')('title')}
      head={
        <>
          <Th isWide>{t('user')}</Th>
          <Th isNumeric hideBelow="lg">
            {t('passkeys')}
          </Th>
          <Th hideBelow="sm">{t('deleted')}</Th>
          <Th hideBelow="lg">{t('by')}</Th>
          <Th hideBelow="md">{t('gone')}</Th>
          {isAdmin && (
            <Th>
              <VisuallyHidden>{t('actions')}</VisuallyHidden>
            </Th>
          )}
        </>
      }
    >
      {deleted.map((one) => {
        const name = one.name || one.identifiers[0] || one.identityId;
        return (
          <Row key={one.id}>
            <RowHeader title={name} detail={<Detail deleted={one} name={name} locale={locale} />}>
              <bdi>{name}</bdi>
            </RowHeader>
            <Td isNumeric hideBelow="lg">
              {formatNumber(one.passkeyCount, locale)}
            </Td>
            <Td isMuted isNoWrap hideBelow="sm">
              <RelativeTime value={one.deletedAt} now={now} locale={locale} />
            </Td>
            <Td isMuted hideBelow="lg">
              <CutText>{names.actorOf(toEvent(one))}</CutText>
            </Td>
            <Td isMuted isNoWrap hideBelow="md">
              <DateText value={one.purgeAt} locale={locale} />
            </Td>
            {isAdmin && <Actions proof={proof} deleted={one} name={name} users={users} />}
          </Row>
        );
      })}
    </DataTable>
  );
}

function Detail({ deleted, name, locale }: { deleted: DeletedSummary; name: string; locale: Locale }) {
  const t = translator(locale, 'consoleRecycleBin.columns');
  const others = deleted.identifiers.filter((identifier) => identifier !== name);
  return (
    <>
      {others.length > 0 && <CutText>{others.join(', ')}</CutText>}
      <span className="md:hidden">
        {t('gone')} <DateText value={deleted.purgeAt} locale={locale} />
      </span>
    </>
  );
}

type ActionsProps = { proof: ProjectProof; deleted: DeletedSummary; name: string; users: string };

function Actions({ proof, deleted, name, users }: ActionsProps) {
  const { organization, project, person } = proof;
  if (!isWithinReach(person.identity, deleted)) return <RowActions>{null}</RowActions>;
  const place = { organization: organization.slug, project: project.slug };
  const { identityId: id, passkeyCount } = deleted;
  return (
    <RowActions>
      <RestoreUser id={id} name={name} userHref={`${users}/${id}`} />
      <PurgeUser
        id={id}
        name={name}
        confirmation={confirmationOf({ id, name: deleted.name, identifiers: deleted.identifiers })}
        passkeyCount={passkeyCount}
        purge={purgeUser.bind(null, place)}
      />
    </RowActions>
  );
}

/** The deletion as an event, for the name of who did it. */
function toEvent({ id, projectId, identityId, deletedBy, deletedAt }: DeletedSummary): AuditEvent {
  return {
    ...{ id, projectId, type: 'identity.deleted', actorKind: deletedBy.kind, actorId: deletedBy.id, identityId },
    ...{ organizationId: null, requestId: null, address: null, details: {}, jobId: null, createdAt: deletedAt },
  };
}
