'use client';

import { PasskeyRow } from '@/components/passkey/passkey-row';
import type { Renamed } from '@/components/passkey/rename-passkey-form';
import type { ShownPasskey } from '@/components/passkey/shown-passkey';
import { useStepUp } from '@/components/step-up/step-up-provider';
import { useToast } from '@/components/ui/overlay/toast';
import type { Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { userCommands } from '../../../commands';
import { CopyCurl } from '../../_components/copy-curl';
import { DeletePasskey, type DeletePasskeyProps } from './delete-passkey';

type Props = Omit<DeletePasskeyProps, 'onClose' | 'onDeleted' | 'passkey'> & {
  passkey: ShownPasskey;
  locale: Locale;
  now: Date;
  /** The admin API path for renaming it. */
  target: { origin: string; credentialId: string };
  rename: (input: { id: string; passkeyId: string; name: string }) => Promise<ActionResult<Renamed>>;
};

/** Another person's passkey: rename in place, or delete after saying what still works. */
export function PasskeyActions({ passkey, locale, now, target, rename, ...rest }: Props) {
  const { id, name } = passkey;
  const t = useTranslations('profile.passkeys');
  const toast = useToast();
  const withStepUp = useStepUp();
  return (
    <PasskeyRow
      passkey={passkey}
      locale={locale}
      now={now}
      rename={(input) => withStepUp(() => rename({ id: rest.userId, passkeyId: id, name: input.name }))}
      besideRenaming={(typed) => (
        <CopyCurl command={userCommands(target.origin, rest.userId).renamePasskey(target.credentialId, typed)} />
      )}
      deletion={(close) => (
        <DeletePasskey
          {...rest}
          passkey={{ id, name }}
          onClose={close}
          onDeleted={() => toast({ text: t('deleted', { name }) })}
        />
      )}
    />
  );
}
