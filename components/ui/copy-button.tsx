'use client';

import { useEffect, useState } from 'react';
import { Check, Copy } from '@/components/ui/icons';
import { Button } from './button';

type Props = {
  value: string;
  /** The accessible name says what is copied: "Copy client ID". */
  label: string;
  /** The visible text before and after. */
  copyText: string;
  copiedText: string;
};

/** Copies a value and announces it, also to screen readers. */
export function CopyButton({ value, label, copyText, copiedText }: Props) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 3000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    await writeClipboard(value);
    setCopied(true);
  };
  return (
    <>
      <Button
        size="small"
        aria-label={label}
        icon={isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        onClick={copy}
        waitsForHydration
      >
        {/* Both words keep their place, so that nothing moves. */}
        <span className="grid text-start">
          <span className={isCopied ? 'invisible col-start-1 row-start-1' : 'col-start-1 row-start-1'}>{copyText}</span>
          <span className={isCopied ? 'col-start-1 row-start-1' : 'invisible col-start-1 row-start-1'}>
            {copiedText}
          </span>
        </span>
      </Button>
      <span role="status" className="sr-only">
        {isCopied ? copiedText : ''}
      </span>
    </>
  );
}

/** The clipboard API needs a secure context and permission; the selection fallback always works. */
async function writeClipboard(value: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(value);
  } catch {
    const area = document.createElement('textarea');
    area.value = value;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}
