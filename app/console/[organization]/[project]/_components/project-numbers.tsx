import { Stat, StatList } from '@/components/ui/data/stat';
import { countUsableCredentials } from '@/lib/api-credential/service';
import { formatNumber, formatShare, type Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { countIdentities } from '@/lib/identity/service';
import { countSessions } from '@/lib/session/service';
import type { ProjectProof } from '@/lib/web/console';
import { fleetOf } from '../fleet';

const DAY_SECONDS = 24 * 60 * 60;

/** Key numbers of the project, each linked to what it counts. */
export async function ProjectNumbers({ proof, locale }: { proof: ProjectProof; locale: Locale }) {
  const { organization, project } = proof;
  const [users, inactive, { numbers: fleet }, sessions, credentials] = await Promise.all([
    countIdentities(project.id, {}),
    countIdentities(project.id, { state: 'inactive' }),
    fleetOf(project),
    countSessions(project),
    countUsableCredentials(project.id),
  ]);
  const t = translator(locale, 'consoleOverview.numbers');
  const path = `/console/${organization.slug}/${project.slug}/users`;
  const active = fleet?.people ?? 0;
  const holders = active - (fleet?.without ?? 0);
  const sessionCount = formatNumber(sessions.count, locale);
  const idleDays = Math.max(1, Math.round(project.sessionIdleSeconds / DAY_SECONDS));
  return (
    <section aria-labelledby="numbers">
      <h2 id="numbers" className="sr-only">
        {t('title')}
      </h2>
      <StatList>
        <Stat
          label={t('users')}
          value={formatNumber(users, locale)}
          help={t('usersHelp', { active: users - inactive, inactive })}
          href={path}
        />
        <Stat
          label={t('adoption')}
          value={active === 0 ? '–' : formatShare(holders / active, locale)}
          help={fleet ? t('adoptionHelp', { holders, users: active }) : t('adoptionUncounted')}
        />
        <Stat
          label={t('sessions')}
          value={sessions.isExact ? sessionCount : t('about', { count: sessionCount })}
          help={t('sessionsHelp', { days: idleDays })}
        />
        <Stat
          label={t('credentials')}
          value={formatNumber(credentials, locale)}
          help={t('credentialsHelp')}
          href={`${path}/api-credentials`}
        />
      </StatList>
    </section>
  );
}
