import type { ReactNode } from 'react';
import { FocusHeadingAfter } from '@/components/shell/focus-heading-after';
import { Panel } from '@/components/ui/layout/panel';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { ActionResult } from '@/lib/platform/action-result';
import { type PublishedKey, type SigningPurpose, signsFrom } from '@/lib/token/model';
import { RotateKey } from './rotate-key';
import { SigningKeys } from './signing-keys';

type Props = {
  purpose: SigningPurpose;
  /** Of this purpose. */
  keys: PublishedKey[];
  now: Date;
  locale: Locale;
  /** Absent for viewers, as is `revoke`. */
  rotate: ((input: { purpose: SigningPurpose; isUrgent: boolean }) => Promise<ActionResult<unknown>>) | undefined;
  revoke: ((input: { kid: string }) => Promise<ActionResult<unknown>>) | undefined;
  /** Below the keys. */
  children: ReactNode;
};

/** The published keys of one purpose. */
export function SigningKeysPanel({ purpose, keys, now, locale, rotate, revoke, children }: Props) {
  const t = translator(locale, 'consoleProjects.settings.keys');
  const [current, next] = (['current', 'next'] as const).map((state) => keys.find((key) => key.state === state));
  const id = purpose === 'id_token' ? 'id-keys' : 'keys';
  return (
    <Panel
      id={id}
      title={t(purpose === 'id_token' ? 'idTitle' : 'title')}
      help={t(purpose === 'id_token' ? 'idHelp' : 'help')}
      actions={
        rotate &&
        current &&
        next && <RotateKey purpose={purpose} readyAt={signsFrom(next, current).getTime()} rotate={rotate} />
      }
    >
      <FocusHeadingAfter shown={keys.map(({ kid }) => kid)} headingId={id} />
      <div className="flex flex-col gap-8">
        <SigningKeys purpose={purpose} keys={keys} now={now} locale={locale} revoke={revoke} />
        {children}
      </div>
    </Panel>
  );
}
