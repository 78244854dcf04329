import { CodeBlock } from '@/components/ui/code-block';
import { credentialsBlock } from '@/lib/credential/service';
import { translator } from '@/lib/i18n/translate';
import { toIdentityResponse } from '@/lib/identity/contract';
import { requireProject } from '@/lib/web/console';
import { userCommands } from '../../commands';
import { UserFrame } from '../_components/user-frame';
import { findUser, userTitle } from '../user';

export const generateMetadata = userTitle('raw');

/** One user as `GET /admin/identities/{id}` returns it, and the command for it. */
export default async function UserRawPage({ params }: PageProps<'/console/[organization]/[project]/users/[id]/raw'>) {
  const { id, ...place } = await params;
  const proof = await requireProject(place);
  const user = await findUser(proof, id);
  const { identity, locale } = user;
  const credentials = await credentialsBlock(identity, { withConfig: false });
  const { origin } = proof.project;
  const t = translator(locale, 'consoleUsers.raw');
  const common = translator(locale, 'common');
  const copy = (label: string) => ({ label, text: common('copy'), copiedText: common('copied') });
  return (
    <UserFrame user={user}>
      <p className="max-w-text text-muted">{t('help')}</p>
      <CodeBlock
        label={t('label')}
        code={JSON.stringify({ ...toIdentityResponse(identity, origin), credentials }, null, 2)}
        copy={copy(t('copy'))}
      />
      <div className="flex flex-col gap-2">
        <CodeBlock label={t('command')} code={userCommands(origin, identity.id).get()} copy={copy(t('copyCommand'))} />
        <p className="max-w-text text-sm text-muted">{t('commandHelp')}</p>
      </div>
    </UserFrame>
  );
}
