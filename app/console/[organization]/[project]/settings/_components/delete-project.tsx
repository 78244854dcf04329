'use client';

import { useState } from 'react';
import { TypedDeletion } from '@/components/step-up/typed-deletion';
import { Skeleton } from '@/components/ui/skeleton';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { ProjectContents } from '@/lib/project/model';

type Props = {
  name: string;
  slug: string;
  host: string;
  count: () => Promise<ActionResult<ProjectContents>>;
  remove: (input: { confirmation: string }) => Promise<ActionResult<unknown>>;
  nextHref: string;
};

/** Says in numbers what is deleted with the project, counted when the dialog opens. */
export function DeleteProject({ name, slug, host, count, remove, nextHref }: Props) {
  const t = useTranslations('consoleProjects.settings.danger');
  const [contents, setContents] = useState<ProjectContents | null>(); // null: they could not be counted
  const ask = () => {
    setContents(undefined);
    count()
      .then((result) => setContents(result.ok ? result.value : null))
      .catch(() => setContents(null));
  };
  return (
    <TypedDeletion
      button={t('delete')}
      title={t('dialogTitle', { name })}
      description={
        <>
          {contents === undefined && <Skeleton className="h-10 w-full" />}
          {contents && <p>{t('dialogNumbers', contents)}</p>}
          <p>{t('dialogBody', { host })}</p>
        </>
      }
      confirmation={slug}
      onOpen={ask}
      remove={remove}
      onRemoved={() => location.assign(nextHref)}
    />
  );
}
