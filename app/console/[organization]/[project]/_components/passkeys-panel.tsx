import { RelativeTime } from '@/components/ui/data/relative-time';
import { Panel } from '@/components/ui/layout/panel';
import { TextLink } from '@/components/ui/text-link';
import type { FleetNumbers } from '@/lib/credential/model/fleet';
import { formatNumber, formatShare, type Locale } from '@/lib/i18n/model';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { may, type ProjectProof } from '@/lib/web/console';
import { fleetOf } from '../fleet';
import { start, survey } from '../users/jobs/actions';
import { BULK_DIALOG_MESSAGES } from '../users/jobs/messages';
import { InviteGroup } from './invite-group';

type Props = { proof: ProjectProof; locale: Locale };

/** On which passkeys people depend, and who should add one. */
export async function PasskeysPanel({ proof, locale }: Props) {
  const { numbers, countedAt } = await fleetOf(proof.project);
  const t = translator(locale, 'consoleOverview.passkeys');
  if (numbers === null || numbers.people === 0) {
    return (
      <Panel id="passkeys" title={t('title')} help={t('help')}>
        <p className="text-muted">{t(numbers === null ? 'uncounted' : 'empty')}</p>
      </Panel>
    );
  }
  const holders = numbers.people - numbers.without;
  return (
    <Panel id="passkeys" title={t('title')} help={t('help')}>
      <div className="flex flex-col gap-4">
        <p className="max-w-text font-medium">{headline(numbers, locale)}</p>
        <Groups numbers={numbers} proof={proof} locale={locale} />
        <p className="text-sm text-muted">
          {holders > 0 && t('synced', { share: formatShare(numbers.synced / holders, locale) })}{' '}
          {countedAt &&
            t.rich('counted', { date: () => <RelativeTime value={countedAt} now={new Date()} locale={locale} /> })}
        </p>
      </div>
    </Panel>
  );
}

/** A lost device locks out only who has no address for a sign-in code. */
function headline({ lockedOut, oneDevice, operators, without }: FleetNumbers, locale: Locale): string {
  const t = translator(locale, 'consoleOverview.passkeys.headline');
  const byMail = oneDevice - lockedOut;
  const sentences = [
    lockedOut > 0 && t('lockedOut', { count: lockedOut }),
    byMail > 0 && t('byMail', { count: byMail }),
    operators > 0 && t('operators', { count: operators }),
  ].filter((sentence) => sentence !== false);
  if (sentences.length > 0) return sentences.join(' ');
  return t(without > 0 ? 'onlyWithout' : 'fine');
}

function Groups({ numbers, proof, locale }: Props & { numbers: FleetNumbers }) {
  const t = translator(locale, 'consoleOverview.passkeys.groups');
  const { organization, project } = proof;
  const place = { organization: organization.slug, project: project.slug };
  const users = `/console/${organization.slug}/${project.slug}/users`;
  const groups = [
    { name: 'without', passkeys: 'none' },
    { name: 'oneDevice', passkeys: 'one_device' },
    { name: 'oneSynced', passkeys: null },
    { name: 'several', passkeys: null },
  ] as const;
  return (
    <I18nProvider locale={locale} messages={messagesOf(locale, ...BULK_DIALOG_MESSAGES)}>
      <ul
        // biome-ignore lint/a11y/noRedundantRoles: Safari drops the role where list-style is none
        role="list"
        aria-labelledby="passkeys"
        className="divide-y divide-line border-y border-line"
      >
        {groups.map(({ name, passkeys }) => (
          <li key={name} className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 py-2">
            <span className="min-w-12 text-base font-semibold tabular-nums">{formatNumber(numbers[name], locale)}</span>
            <span className="min-w-0 flex-[1_1_14rem]">{t(name)}</span>
            {passkeys && numbers[name] > 0 && (
              <span className="flex flex-wrap items-center gap-3">
                <TextLink href={`${users}?state=active&passkeys=${passkeys}`}>{t(`show.${passkeys}`)}</TextLink>
                {may(proof, 'admin') && (
                  <InviteGroup
                    label={t(`invite.${passkeys}`)}
                    selection={{ matching: { words: '', state: 'active', schemaId: null, passkeys } }}
                    actions={{ survey: survey.bind(null, place), start: start.bind(null, place) }}
                    base={`${users}/jobs`}
                  />
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
    </I18nProvider>
  );
}
