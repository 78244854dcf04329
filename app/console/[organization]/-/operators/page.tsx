import { PageHeading } from '@/components/shell/page-heading';
import { Panel } from '@/components/ui/layout/panel';
import { translator } from '@/lib/i18n/translate';
import { listOpenInvitations } from '@/lib/invitation/service';
import { listOperators } from '@/lib/operator/service';
import { isAtLeast, OPERATOR_ROLES } from '@/lib/role/model';
import { may, requireOrganization } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { InvitationTable } from './_components/invitation-table';
import { InviteOperator } from './_components/invite-operator';
import { OperatorTable } from './_components/operator-table';
import * as actions from './actions';

export const generateMetadata = pageTitle('consoleProjects.operators', 'title');

/** Operators of an organization, and pending invitations. */
export default async function OperatorsPage({ params }: PageProps<'/console/[organization]/-/operators'>) {
  const place = await params;
  const proof = await requireOrganization(place);
  const { organization, person, role: ownRole } = proof;
  const canManage = may(proof, 'admin');
  const [locale, operators, invitations] = await Promise.all([
    getLocale(person.identity.locale),
    listOperators(organization.id),
    canManage ? listOpenInvitations(organization.id) : [],
  ]);
  const t = translator(locale, 'consoleProjects.operators');
  const now = new Date();
  const manageableRoles = OPERATOR_ROLES.filter((role) => canManage && isAtLeast(ownRole, role));
  const owners = operators.filter(({ role, state }) => role === 'owner' && state === 'active');
  const listed = operators
    .sort((a, b) => OPERATOR_ROLES.indexOf(a.role) - OPERATOR_ROLES.indexOf(b.role) || a.name.localeCompare(b.name))
    .map((operator) => ({
      ...operator,
      isSelf: operator.identityId === person.identity.id,
      isLastOwner: owners.length === 1 && owners[0]?.identityId === operator.identityId,
    }));
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-4">
        <PageHeading title={t('title')}>{t('help', { organization: organization.name })}</PageHeading>
        {canManage && (
          <div className="pb-6">
            <InviteOperator roles={manageableRoles} locale={locale} invite={actions.invite.bind(null, place)} />
          </div>
        )}
      </div>
      <div className="flex flex-col gap-10">
        <OperatorTable
          operators={listed}
          manageableRoles={manageableRoles}
          organization={organization.name}
          now={now}
          locale={locale}
          changeRole={actions.changeRole.bind(null, place)}
          previewPromotion={actions.previewPromotion.bind(null, place)}
          remove={actions.remove.bind(null, place)}
        />
        {canManage && (
          <Panel
            id="invitations"
            title={t('invitations.title')}
            help={t('invitations.help')}
            isFlush={invitations.length > 0}
          >
            <InvitationTable
              invitations={invitations}
              manageableRoles={manageableRoles}
              now={now}
              locale={locale}
              revoke={actions.revoke.bind(null, place)}
            />
          </Panel>
        )}
      </div>
    </>
  );
}
