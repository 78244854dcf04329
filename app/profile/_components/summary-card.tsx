'use client';

import type { ReactNode } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button-link';
import { UserRoundCog } from '@/components/ui/icons';
import { Card } from '@/components/ui/layout/card';

type Props = {
  label: string;
  /** Absent if it is the email address. */
  name: string | undefined;
  /** For the initials. */
  plainName: string;
  /** The picture's path, or null. */
  picture: string | null;
  email: string | null;
  status: { isVerified: boolean; text: string };
  /** Other identifiers, in words. */
  alsoWith: string | undefined;
  /** The text of the link to the settings; absent in a preview. */
  settings: string | undefined;
  /** Buttons, before the link to the settings. */
  children?: ReactNode;
};

/** A client component, so that the page sends its texts instead of its elements. */
export function SummaryCard({ label, name, plainName, picture, email, status, alsoWith, settings, children }: Props) {
  return (
    <section aria-label={label} className="pb-8">
      <Card className="flex flex-wrap items-center gap-4">
        <Avatar name={plainName} src={picture} size="large" />
        <div className="flex min-w-0 flex-[1_1_12rem] flex-col gap-0.5">
          {name !== undefined && <span className="font-semibold wrap-anywhere">{name}</span>}
          {email && (
            <span className="flex flex-wrap items-center gap-2 text-muted">
              <span className="min-w-0 wrap-anywhere">{email}</span>
              <Badge tone={status.isVerified ? 'success' : 'warning'}>{status.text}</Badge>
            </span>
          )}
          {alsoWith && <span className="text-sm text-muted wrap-anywhere">{alsoWith}</span>}
        </div>
        {children}
        {settings && (
          <ButtonLink href="/profile/settings" size="small" icon={<UserRoundCog size={16} aria-hidden />}>
            {settings}
          </ButtonLink>
        )}
      </Card>
    </section>
  );
}
