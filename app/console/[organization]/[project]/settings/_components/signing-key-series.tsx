import type { ReactNode } from 'react';
import { FocusHeadingAfter } from '@/components/shell/focus-heading-after';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { ActionResult } from '@/lib/platform/action-result';
import { type PublishedKey, type SigningPurpose, signsFrom } from '@/lib/token/model';
import { RotateKey } from './rotate-key';
import { SigningKeys } from './signing-keys';

type Series = {
  purpose: SigningPurpose;
  /** Of this purpose. */
  keys: PublishedKey[];
  locale: Locale;
};

type Rotate = (input: { purpose: SigningPurpose; isUrgent: boolean }) => Promise<ActionResult<unknown>>;

/** Title and actions of the panel of one series; without `rotate` for viewers. */
export function keysPanelProps({ purpose, keys, locale }: Series, rotate: Rotate | undefined) {
  const t = translator(locale, 'consoleProjects.settings.keys');
  const [current, next] = (['current', 'next'] as const).map((state) => keys.find((key) => key.state === state));
  return {
    id: idOf(purpose),
    title: t(purpose === 'id_token' ? 'idTitle' : 'title'),
    help: t(purpose === 'id_token' ? 'idHelp' : 'help'),
    actions: rotate && current && next && (
      <RotateKey purpose={purpose} readyAt={signsFrom(next, current).getTime()} rotate={rotate} />
    ),
  };
}

type Props = Series & {
  now: Date;
  /** Absent for viewers. */
  revoke: ((input: { kid: string }) => Promise<ActionResult<unknown>>) | undefined;
  /** Below the keys. */
  children: ReactNode;
};

/** The published keys of one purpose: the content of their panel. */
export function SigningKeySeries({ purpose, keys, now, locale, revoke, children }: Props) {
  return (
    <>
      <FocusHeadingAfter shown={keys.map(({ kid }) => kid)} headingId={idOf(purpose)} />
      <div className="flex flex-col gap-8">
        <SigningKeys purpose={purpose} keys={keys} now={now} locale={locale} revoke={revoke} />
        {children}
      </div>
    </>
  );
}

function idOf(purpose: SigningPurpose): string {
  return purpose === 'id_token' ? 'id-keys' : 'keys';
}
