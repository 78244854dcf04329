'use client';

import { useState } from 'react';
import { TextAreaField } from '@/components/ui/form/text-area-field';
import { isSameJson } from '@/lib/platform/json';
import { toLines, toList } from './uri-list';

type Props = {
  name: string;
  label: string;
  help: string;
  value: string[];
  onChange: (uris: string[]) => void;
  error?: string | undefined;
};

/** A list of URIs, one per line. */
export function UriField({ value, onChange, ...props }: Props) {
  const [typed, setTyped] = useState(() => toLines(value));
  // What was typed, such as an empty last line, stays until the parent passes another list.
  const shown = isSameJson(toList(typed), value) ? typed : toLines(value);
  return (
    <TextAreaField
      {...props}
      value={shown}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(toList(target.value));
      }}
      rows={Math.min(Math.max(value.length + 1, 2), 8)}
      isMonospace
    />
  );
}
