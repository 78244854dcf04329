import { PasskeyItem } from '@/components/passkey/passkey-item';
import { toShownPasskey } from '@/components/passkey/shown-passkey';
import { FocusHeadingAfter } from '@/components/shell/focus-heading-after';
import { DescriptionList, DescriptionRow } from '@/components/ui/data/description-list';
import { EmptyState } from '@/components/ui/data/empty-state';
import { ItemList } from '@/components/ui/data/item-list';
import { KeyRound } from '@/components/ui/icons';
import { canSignInByMail, providerOf } from '@/lib/credential/model';
import { listPasskeys } from '@/lib/credential/service';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { summarizeRecoveryCodes } from '@/lib/recovery-code/service';
import { requireProject } from '@/lib/web/console';
import { userCommands } from '../../commands';
import { UserFrame } from '../_components/user-frame';
import { deleteUserPasskey, renameUserPasskey, revokeUserCodes } from '../actions';
import { findUser, userTitle } from '../user';
import { PasskeyActions } from './_components/passkey-actions';
import { RevokeCodes } from './_components/revoke-codes';

export const generateMetadata = userTitle('passkeys');

/** A user's passkeys: names, use and deletion. */
export default async function UserPasskeysPage({
  params,
}: PageProps<'/console/[organization]/[project]/users/[id]/passkeys'>) {
  const { id, ...place } = await params;
  const user = await findUser(await requireProject(place), id);
  const { proof, identity, name: userName, locale, canChange } = user;
  const [passkeys, codes] = await Promise.all([
    listPasskeys(proof.project.id, identity.id),
    summarizeRecoveryCodes(identity),
  ]);
  const t = translator(locale, 'consoleUsers');
  const now = new Date();
  const { origin } = proof.project;
  return (
    <UserFrame user={user}>
      <FocusHeadingAfter shown={passkeys.map(({ id: passkeyId }) => passkeyId)} />
      {passkeys.length === 0 ? (
        <EmptyState icon={<KeyRound size={20} aria-hidden />}>{t('passkeys.empty')}</EmptyState>
      ) : (
        <I18nProvider locale={locale} messages={messagesOf(locale, 'profile')}>
          <ItemList label={t('tabs.passkeys')}>
            {passkeys.map((passkey) => {
              const { id: passkeyId } = passkey;
              const shown = { ...toShownPasskey(passkey), provider: providerOf(passkey)?.name ?? null };
              if (!canChange) return <PasskeyItem key={passkeyId} passkey={shown} locale={locale} now={now} />;
              return (
                <PasskeyActions
                  key={passkeyId}
                  userId={identity.id}
                  passkey={shown}
                  otherCount={passkeys.length - 1}
                  canSignInByMail={canSignInByMail(identity)}
                  locale={locale}
                  now={now}
                  rename={renameUserPasskey.bind(null, user.place)}
                  remove={deleteUserPasskey.bind(null, user.place)}
                  curl={userCommands(origin, identity.id).deletePasskey(passkey.credentialId)}
                  target={{ origin, credentialId: passkey.credentialId }}
                />
              );
            })}
          </ItemList>
        </I18nProvider>
      )}
      <DescriptionList>
        <DescriptionRow
          term={t('passkeys.codes')}
          action={
            codes &&
            canChange && (
              <RevokeCodes
                id={identity.id}
                name={userName}
                left={codes.left}
                revoke={revokeUserCodes.bind(null, place)}
              />
            )
          }
        >
          {codes ? t('passkeys.codesLeft', { left: codes.left, total: String(codes.total) }) : t('passkeys.noCodes')}
        </DescriptionRow>
      </DescriptionList>
    </UserFrame>
  );
}
