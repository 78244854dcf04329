import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { beginStepUpWithPasskey, finishStepUpWithPasskey } from '@/app/step-up';
import { ConsoleStatus } from '@/components/shell/console-status';
import { ButtonLink } from '@/components/ui/button-link';
import { mustConfirmByPasskey } from '@/lib/credential/service';
import { translator } from '@/lib/i18n/translate';
import { isPasskeySession } from '@/lib/session/model';
import { requireOperator } from '@/lib/web/console';
import { toLocalPath } from '@/lib/web/local-path';
import { getLocale } from '@/lib/web/locale';
import { isKeptPath } from '@/lib/web/return-path';
import { consoleTitle } from '../../title';
import { ContinueWithPasskey } from './_components/continue-with-passkey';

export async function generateMetadata(): Promise<Metadata> {
  return { title: consoleTitle(translator(await getLocale(), 'console.passkeyNeeded')('title')) };
}

/** Shown where an organization requires a passkey and the session has none: the reason and the way in. */
export default async function PasskeyNeededPage({ searchParams }: PageProps<'/console/-/passkey'>) {
  const { person } = await requireOperator();
  const requested = toLocalPath((await searchParams).return_to);
  const returnTo = requested && (requested.startsWith('/console/') || isKeptPath(requested)) ? requested : '/console';
  if (isPasskeySession(person.session)) redirect(returnTo);
  const [locale, hasPasskey] = await Promise.all([getLocale(person.identity.locale), mustConfirmByPasskey(person)]);
  const t = translator(locale, 'console.passkeyNeeded');
  return (
    <ConsoleStatus
      title={t('title')}
      action={
        hasPasskey ? (
          <ContinueWithPasskey returnTo={returnTo} begin={beginStepUpWithPasskey} finish={finishStepUpWithPasskey} />
        ) : (
          <ButtonLink href="/profile" variant="primary">
            {t('add')}
          </ButtonLink>
        )
      }
    >
      <p>{t(hasPasskey ? 'body' : 'bodyWithoutPasskey')}</p>
    </ConsoleStatus>
  );
}
