import { notFound } from 'next/navigation';
import { Panel } from '@/components/ui/layout/panel';
import { translator } from '@/lib/i18n/translate';
import { listSchemaNames } from '@/lib/schema/service';
import { requireProject } from '@/lib/web/console';
import { UserFrame } from '../_components/user-frame';
import { findUser, userTitle } from '../user';
import { MoveForm } from './_components/move-form';
import { moveUser, previewUserMove } from './actions';

export const generateMetadata = userTitle('schema');

/** Another schema for a user, or the newest version of theirs: what would change, and the repairs it needs. */
export default async function UserSchemaPage({
  params,
}: PageProps<'/console/[organization]/[project]/users/[id]/schema'>) {
  const { id, ...place } = await params;
  const user = await findUser(await requireProject(place), id);
  if (!user.canChange) notFound();
  const { identity, locale, proof, base } = user;
  const schemas = (await listSchemaNames(proof.project.id)).filter(
    (schema) => schema.id !== identity.schemaId || schema.version !== identity.schemaVersion,
  );
  const t = translator(locale, 'consoleSchemaChange.move');
  const name = translator(locale, 'consoleUsers.facts');
  return (
    <UserFrame user={user}>
      <Panel
        id="schema"
        title={t('action')}
        help={t('current', { schema: identity.schemaId, version: identity.schemaVersion })}
      >
        {schemas.length === 0 ? (
          <p className="text-muted">{t('only')}</p>
        ) : (
          <MoveForm
            id={identity.id}
            schemas={schemas.map((schema) => ({
              value: schema.id,
              text: name('schemaVersion', { schema: schema.id, version: schema.version }),
            }))}
            href={base}
            preview={previewUserMove.bind(null, place)}
            move={moveUser.bind(null, place)}
          />
        )}
      </Panel>
    </UserFrame>
  );
}
