'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from '@/lib/i18n/use-translations';
import { HELD_KINDS, type HeldCounts, type HeldKind } from '@/lib/identity/model/held';
import type { ActionResult } from '@/lib/platform/action-result';

/** Counted in the dialogs' own sentences. */
type Told = 'sessions' | 'passkeys';
const isOther = (kind: HeldKind): kind is Exclude<HeldKind, Told> => kind !== 'sessions' && kind !== 'passkeys';

export type PreviewEnds = () => Promise<ActionResult<HeldCounts>>;

type Props = { intro: 'ends' | 'deletes'; preview: PreviewEnds };

/** In a dialog: what else the action ends, in exact numbers, as the server counts when the dialog opens. */
export function AlsoEnds({ intro, preview }: Props) {
  const t = useTranslations('consoleUsers.alsoEnds');
  const [ends, setEnds] = useState<HeldCounts>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when the dialog opens
  useEffect(() => {
    let isOpen = true;
    preview()
      .catch(() => null)
      .then((result) => {
        if (isOpen && result?.ok) setEnds(result.value);
      });
    return () => {
      isOpen = false;
    };
  }, []);
  const kinds = HELD_KINDS.filter(isOther).filter((kind) => (ends?.[kind] ?? 0) > 0);
  return (
    <div aria-live="polite" className="empty:hidden">
      {ends && kinds.length > 0 && (
        <>
          <p>{t(intro)}</p>
          <ul className="list-disc ps-5">
            {kinds.map((kind) => (
              <li key={kind}>{t(kind, { count: ends[kind] })}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
