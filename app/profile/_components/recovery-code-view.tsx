'use client';

import { ButtonLink } from '@/components/ui/button-link';
import { Section } from '@/components/ui/layout/section';
import { Notice } from '@/components/ui/notice';

type Props = {
  title: string;
  help: string;
  text: string;
  link: string;
  /** Asks the person to act; the tone as a word. */
  notice: { tone: 'info' | 'warning'; word: string } | null;
};

/** A client component, so that the page sends its texts instead of its elements. */
export function RecoveryCodeView({ title, help, text, link, notice }: Props) {
  const action = (
    <ButtonLink href="/profile/recovery-codes" size="small" variant={notice ? 'primary' : 'secondary'}>
      {link}
    </ButtonLink>
  );
  return (
    <Section id="recovery-codes" title={title} help={help}>
      {notice ? (
        <Notice {...notice} action={action}>
          {text}
        </Notice>
      ) : (
        <div className="flex flex-col items-start gap-3">
          <p>{text}</p>
          {action}
        </div>
      )}
    </Section>
  );
}
