import type { ReactNode } from 'react';
import { ProjectMark } from '@/components/brand/project-mark';

type Props = { title: string; children: ReactNode; action: ReactNode; footnote?: ReactNode };

/** A page that only states a status and offers one next step: not found, failed. */
export function StatusPage({ title, children, action, footnote }: Props) {
  return (
    <div className="grid flex-1 grid-rows-[1fr_auto_2fr] justify-items-center px-4 py-10">
      <main
        id="content"
        tabIndex={-1}
        className="row-start-2 flex w-full max-w-[30rem] min-w-0 flex-col items-start gap-6"
      >
        <ProjectMark size={40} />
        <div className="flex flex-col gap-2">
          <h1 className="text-title font-semibold">{title}</h1>
          {children}
        </div>
        {action}
        {footnote && <div className="text-sm text-muted wrap-anywhere">{footnote}</div>}
      </main>
    </div>
  );
}
