'use client';

import { Button } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/layout/disclosure';
import { Notice } from '@/components/ui/notice';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { JsonObject } from '@/lib/platform/json';
import { DraftDiff } from './draft-diff';

type Version = { version: number; document: JsonObject };

type Props = {
  /** What the draft began with. */
  base: Version;
  /** What is in force now. */
  newest: Version;
  /** The id of the form: "Check my draft" posts it with the version that it knowingly replaces. */
  formId: string;
  onTake: () => void;
};

/** Another version was published since the draft began. Nothing is decided without the person. */
export function ConflictNotice({ base, newest, formId, onTake }: Props) {
  const t = useTranslations('consoleSchemaEditor.conflict');
  const common = useTranslations('common');
  const { version } = newest;
  return (
    <Notice tone="warning" word={common('notice.warning')} live="polite">
      <div className="flex min-w-0 flex-col gap-3">
        <div>
          <p className="font-semibold">{t('title', { version })}</p>
          <p>{t('body', { version })}</p>
        </div>
        <Disclosure summary={t('changes', { version })}>
          <DraftDiff before={base.document} after={newest.document} />
        </Disclosure>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" form={formId} name="accepted" value={version} size="small">
            {t('keep', { version })}
          </Button>
          <Button size="small" onClick={onTake} waitsForHydration>
            {t('take', { version })}
          </Button>
        </div>
      </div>
    </Notice>
  );
}
