'use client';

import { type ReactNode, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { classes } from '@/components/ui/classes';
import { ChevronDown } from '@/components/ui/icons';

/** A row of buttons; on a phone they are behind one, so that the page's content comes first. */
export function PhoneActions({ label, children }: { label: string; children: ReactNode }) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="flex flex-col items-start gap-2 pb-6">
      <div className="sm:hidden">
        <Button
          size="small"
          icon={<ChevronDown size={16} aria-hidden className={isOpen ? 'motion rotate-180' : 'motion'} />}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
          waitsForHydration
        >
          {label}
        </Button>
      </div>
      <div id={id} className={classes('flex flex-wrap gap-2', !isOpen && 'max-sm:hidden')}>
        {children}
      </div>
    </div>
  );
}
