import type { ReactNode } from 'react';
import { TextLink } from '@/components/ui/text-link';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { plainName } from '@/lib/identity/model/name';
import { fieldText } from '@/lib/identity/model/traits-form';
import { toPicturePath } from '@/lib/picture/model';
import { getAt, isContainer, type JsonObject, pointerParts } from '@/lib/platform/json';
import { fieldsOf } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import { requireProject } from '@/lib/web/console';
import { toDocument, userFields } from '../../user-fields';
import { UserFrame } from '../_components/user-frame';
import { removeUserPicture, saveUser, setUserPicture } from '../actions';
import { findUser, userTitle } from '../user';
import { UserForm } from './_components/user-form';
import { UserPicture } from './_components/user-picture';

export const generateMetadata = userTitle('traits');

/** All traits and metadata of a user, in a form made from their schema version. */
export default async function UserTraitsPage({
  params,
}: PageProps<'/console/[organization]/[project]/users/[id]/traits'>) {
  const { id, ...place } = await params;
  const user = await findUser(await requireProject(place), id);
  const { proof, identity, base, locale, canChange } = user;
  const { document } = await getSchema(proof.project.id, identity.schemaId, identity.schemaVersion);
  const present = toDocument(identity);
  const fields = userFields(document, locale).map((field) => ({
    ...field,
    isReadOnly: !canChange,
    isOfViewer: !canChange,
  }));
  const values = fields.map((field) => [field.pointer, fieldText(field, getAt(present, pointerParts(field.pointer)))]);
  const t = translator(locale, 'consoleUsers.traits');
  const link = (words: ReactNode) => <TextLink href={`${base}/raw`}>{words}</TextLink>;
  return (
    <UserFrame user={user}>
      <div className="flex max-w-text flex-col gap-5">
        <p className="text-muted">{t(canChange ? 'help' : 'readOnly')}</p>
        {hasOtherTraits(document, identity.traits) && <p className="text-muted">{t.rich('other', { link })}</p>}
        <I18nProvider locale={locale} messages={messagesOf(locale, 'settings', 'picture')}>
          {canChange && (
            <UserPicture
              id={identity.id}
              name={plainName(identity)}
              src={toPicturePath(identity.pictureId)}
              set={setUserPicture.bind(null, user.place)}
              remove={removeUserPicture.bind(null, user.place)}
            />
          )}
          <UserForm
            key={identity.id}
            id={identity.id}
            fields={fields}
            values={Object.fromEntries(values)}
            canSave={canChange}
            save={saveUser.bind(null, user.place)}
            document={present}
            origin={proof.project.origin}
          />
        </I18nProvider>
      </div>
    </UserFrame>
  );
}

/** Whether the traits contain something no field shows, such as a list. */
function hasOtherTraits(schema: JsonObject, traits: JsonObject): boolean {
  const shown = new Set(fieldsOf(schema).map(({ path }) => path.join('\n')));
  const walk = (value: JsonObject, path: string[]): boolean =>
    Object.entries(value).some(([key, item]) => {
      const at = [...path, key];
      if (shown.has(at.join('\n'))) return false;
      return isContainer(item) && !Array.isArray(item) ? walk(item, at) : true;
    });
  return walk(traits, []);
}
