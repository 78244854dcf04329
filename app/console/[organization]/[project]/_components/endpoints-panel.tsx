import { CopyField } from '@/components/ui/copy-field';
import { Panel } from '@/components/ui/layout/panel';
import { TEXT_LINK_STYLE, TextLink } from '@/components/ui/text-link';
import { tokenEndpoint } from '@/lib/api-credential/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { adminAudience } from '@/lib/project/model/origin';
import type { ProjectProof } from '@/lib/web/console';

/** The project's endpoints, ready to copy. */
export function EndpointsPanel({ proof, locale }: { proof: ProjectProof; locale: Locale }) {
  const { organization, project } = proof;
  const t = translator(locale, 'consoleOverview.endpoints');
  const common = translator(locale, 'common');
  const copy = (label: string) => ({ label, text: common('copy'), copiedText: common('copied') });
  const users = `/console/${organization.slug}/${project.slug}/users`;
  return (
    <Panel
      id="endpoints"
      title={t('title')}
      help={t.rich('help', {
        reference: (words) => (
          <a href={`${project.origin}/docs`} className={TEXT_LINK_STYLE}>
            {words}
          </a>
        ),
        access: (words) => <TextLink href={`${users}/api-credentials`}>{words}</TextLink>,
        schemas: (words) => (
          <a href={`${project.origin}/schemas`} className={TEXT_LINK_STYLE}>
            {words}
          </a>
        ),
      })}
    >
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(27rem,100%),1fr))] gap-x-6 gap-y-4">
        <CopyField
          name="domain"
          label={t('domain')}
          value={new URL(project.origin).host}
          copy={copy(t('copyDomain'))}
        />
        <CopyField
          name="token-endpoint"
          label={t('tokenEndpoint')}
          value={tokenEndpoint(project.origin)}
          copy={copy(t('copyTokenEndpoint'))}
        />
        <CopyField
          name="audience"
          label={t('audience')}
          value={adminAudience(project.origin)}
          copy={copy(t('copyAudience'))}
        />
      </div>
    </Panel>
  );
}
