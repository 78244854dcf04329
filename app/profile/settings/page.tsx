import { PictureField } from '@/components/picture/picture-field';
import { PageHeading } from '@/components/shell/page-heading';
import { Section } from '@/components/ui/layout/section';
import { EDIT_MESSAGES } from '@/lib/i18n/frame-messages';
import { formatList } from '@/lib/i18n/model';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { emailOf } from '@/lib/identity/model';
import { displayName, plainName } from '@/lib/identity/model/name';
import { fieldText, toFormField } from '@/lib/identity/model/traits-form';
import { toPicturePath } from '@/lib/picture/model';
import { getAt } from '@/lib/platform/json';
import { fieldsOf, type SchemaField } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import { listSessions } from '@/lib/session/service';
import { toSentCode } from '@/lib/verification/model';
import { findPendingEmailChange } from '@/lib/verification/service';
import { readBrowserHash } from '@/lib/web/browser';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { requireSession } from '@/lib/web/session';
import { requestTexts, withTitles } from '@/lib/web/texts';
import { PasskeyOfferCard } from '../_components/passkey-offer-card';
import { DeleteAccount } from './_components/delete-account';
import { EmailChange } from './_components/email-change';
import { TraitsForm } from './_components/traits-form';
import * as actions from './actions';

export const generateMetadata = pageTitle('settings', 'title');

/** The form is made from the identity's own version of its schema. */
export default async function AccountSettingsPage() {
  const proof = await requireSession();
  const { project, identity } = proof;
  const [locale, texts, schema, sessions, pending] = await Promise.all([
    getLocale(identity.locale),
    requestTexts(),
    getSchema(project.id, identity.schemaId, identity.schemaVersion),
    listSessions(proof),
    findPendingEmailChange(proof, await readBrowserHash()),
  ]);
  const t = translator(locale, 'settings');
  const { deletionGraceDays: graceDays } = project;
  const email = emailOf(identity);
  const others = identity.identifiers.filter((identifier) => identifier !== email);
  // The sign-in address has its own section.
  const shown = fieldsOf(schema.document).filter((field) => field.selfService !== 'hidden' && !field.isIdentifier);
  const traitOf = ({ path }: SchemaField) => getAt(identity.traits, path);
  const values = Object.fromEntries(shown.map((field) => [field.pointer, fieldText(field, traitOf(field))]));
  return (
    <I18nProvider
      locale={locale}
      messages={messagesOf(
        locale,
        'settings',
        'picture',
        'login.address',
        'common.typedConfirmation',
        ...EDIT_MESSAGES,
      )}
    >
      <PageHeading title={t('title')} />
      <PasskeyOfferCard proof={proof} locale={locale} />
      {shown.length > 0 && (
        <Section id="personal" title={t('personal.title')} help={t('personal.help')}>
          <TraitsForm
            fields={withTitles(texts, identity.schemaId, shown, locale).map((field) =>
              toFormField(field, locale, traitOf(field)),
            )}
            values={values}
            save={actions.saveTraits}
          />
        </Section>
      )}
      <Section id="picture" title={translator(locale, 'picture')('title')} help={translator(locale, 'picture')('help')}>
        <PictureField
          name={plainName(identity)}
          src={toPicturePath(identity.pictureId)}
          actions={{ set: actions.setOwnPicture, remove: actions.removeOwnPicture }}
        />
      </Section>
      {email !== null && (
        <Section id="email" title={t('email.title')} help={t('email.help')}>
          <EmailChange
            email={email}
            pending={pending && toSentCode(pending, new Date())}
            send={actions.sendEmailChangeCode}
            confirm={actions.confirmEmailChange}
            withdraw={actions.withdrawEmailChange}
          />
          {others.length > 0 && (
            <p className="mt-4 max-w-text text-sm text-muted wrap-anywhere">
              {t('email.others', { identifiers: formatList(others, locale) })}
            </p>
          )}
        </Section>
      )}
      <Section
        id="delete"
        title={t('delete.title')}
        help={graceDays === 0 ? t('delete.help') : t('delete.helpGrace', { days: graceDays })}
      >
        <DeleteAccount
          graceDays={graceDays}
          confirmation={email ?? displayName(identity)}
          passkeyCount={identity.passkeyCount}
          sessionCount={sessions.length}
          deleteAccount={actions.deleteAccountAction}
        />
      </Section>
    </I18nProvider>
  );
}
