import { Notice } from '@/components/ui/notice';
import { formatExact } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { cancelUserDeletion } from '../actions';
import type { UserPage } from '../user';
import { CancelDeletion } from './cancel-deletion';

/** Says when an account that its owner deleted is purged, and lets an operator keep it. */
export function PendingDeletion({ user }: { user: UserPage }) {
  const { identity, name, place, locale, isSelf, canChange } = user;
  if (identity.deletionDueAt === null) return null;
  const t = translator(locale, 'consoleUsers.deletion');
  const date = formatExact(identity.deletionDueAt, locale, 'UTC');
  return (
    <div className="pb-6">
      <Notice
        tone="warning"
        word={translator(locale, 'common.notice')('warning')}
        action={
          canChange &&
          !isSelf && <CancelDeletion id={identity.id} name={name} cancel={cancelUserDeletion.bind(null, place)} />
        }
      >
        {t(identity.state === 'active' ? 'notice' : 'inactive', { date })}
      </Notice>
    </div>
  );
}
