'use client';

import { buttonStyle } from '@/components/ui/button-style';
import { Download } from '@/components/ui/icons';
import { Section } from '@/components/ui/layout/section';

type Props = { title: string; help: string; download: string; downloadHelp: string };

/** The download of the person's own data. A client component, so that the page sends its texts, not its elements. */
export function DataSection({ title, help, download, downloadHelp }: Props) {
  return (
    <Section id="data" title={title} help={help}>
      <div className="flex flex-col items-start gap-2">
        <a href="/profile/data" download className={buttonStyle('secondary', 'medium')}>
          <Download size={16} aria-hidden />
          {download}
        </a>
        <p className="max-w-text text-sm text-muted">{downloadHelp}</p>
      </div>
    </Section>
  );
}
