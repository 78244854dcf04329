'use client';

import {
  type ReactNode,
  type Ref,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { classes } from '../classes';
import { FieldNotes } from './field-frame';
import type { Complete, JsonEditor, LineFault } from './json-editor';
import { INPUT_STYLE } from './text-field';

export type JsonFieldHandle = { focusLine: (line: number) => void };

type Props = {
  ref: Ref<JsonFieldHandle>;
  id: string;
  name: string;
  /** The id of the form it belongs to. */
  form: string;
  label: ReactNode;
  /** Keys of the code editor; shown once it has loaded. */
  help?: ReactNode;
  value: string;
  onChange: (text: string) => void;
  /** Marked beside their lines. */
  faults: readonly LineFault[];
  complete: Complete;
  /** CodeMirror's English words and what to say instead. */
  phrases: Record<string, string>;
  isReadOnly?: boolean;
};

/**
 * JSON as text: a text area, without script and until the code editor has loaded, and if it cannot be loaded.
 */
export function JsonField({
  ref,
  id,
  name,
  form,
  label,
  help,
  value,
  onChange,
  faults,
  isReadOnly = false,
  ...editing
}: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const attributes = {
    id,
    'aria-labelledby': `${id}-label`,
    ...(help !== undefined && { 'aria-describedby': `${id}-help` }),
    ...(isReadOnly && { 'aria-readonly': 'true' }),
  };
  const [editor, isLoaded] = useEditor(place, area, { ...editing, attributes, text: value, isReadOnly, onChange });
  // Before the next key is handled: later, it would take back what was typed since.
  useLayoutEffect(() => editor.current?.setText(value), [editor, value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor that has just loaded gets the faults, too
  useEffect(() => editor.current?.setFaults(faults), [editor, faults, isLoaded]);
  // Keeps what was typed before hydration, which React would overwrite.
  const typed = useEffectEvent(() => {
    if (area.current && area.current.value !== value) onChange(area.current.value);
  });
  useLayoutEffect(() => typed(), []);
  useImperativeHandle(ref, () => ({
    focusLine: (line) => {
      const start = startOfLine(value, line);
      editor.current?.focus();
      editor.current?.select(start, start);
      area.current?.focus();
      area.current?.setSelectionRange(start, start);
    },
  }));
  return (
    <div className="flex w-full min-w-0 flex-col gap-1.5">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the editor itself is reached by keyboard */}
      <label id={`${id}-label`} htmlFor={id} className="text-sm font-medium" onClick={() => editor.current?.focus()}>
        {label}
      </label>
      <div ref={place} dir="ltr" className={classes('max-h-[max(20rem,calc(100dvh-18rem))]', !isLoaded && 'hidden')} />
      {isLoaded ? (
        <input type="hidden" name={name} form={form} value={value} readOnly />
      ) : (
        <textarea
          ref={area}
          id={id}
          name={name}
          form={form}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          readOnly={isReadOnly}
          rows={24}
          spellCheck={false}
          autoCapitalize="none"
          autoCorrect="off"
          wrap="off"
          dir="ltr"
          aria-invalid={faults.length > 0 ? true : undefined}
          className={classes(
            INPUT_STYLE,
            'resize-y overflow-x-auto font-mono text-sm whitespace-pre read-only:bg-sunken',
            faults.length > 0 ? 'border-danger' : 'border-control',
          )}
        />
      )}
      {isLoaded && <FieldNotes id={id} help={help} error={undefined} />}
    </div>
  );
}

type Editing = {
  attributes: Record<string, string>;
  text: string;
  isReadOnly: boolean;
  onChange: (text: string) => void;
  complete: Complete;
  phrases: Record<string, string>;
};

/** Loads the editor after hydration and puts it in place of the text area, with its focus and selection. */
function useEditor(
  place: { current: HTMLElement | null },
  area: { current: HTMLTextAreaElement | null },
  editing: Editing,
): [{ current: JsonEditor | null }, boolean] {
  const editor = useRef<JsonEditor | null>(null);
  const [isLoaded, setLoaded] = useState(false);
  const changed = useEffectEvent((text: string) => editing.onChange(text));
  const show = useEffectEvent(({ createJsonEditor }: typeof import('./json-editor')) => {
    const parent = place.current;
    if (!parent || editor.current) return;
    const before = area.current;
    const created = createJsonEditor({ ...editing, parent, onChange: changed });
    editor.current = created;
    setLoaded(true);
    if (!before || document.activeElement !== before) return;
    created.select(before.selectionStart, before.selectionEnd);
    queueMicrotask(created.focus); // shown by then
  });
  useEffect(() => {
    let isWanted = true;
    import('./json-editor').then(
      (module) => isWanted && show(module),
      () => undefined, // the text area stays
    );
    return () => {
      isWanted = false;
      editor.current?.destroy();
      editor.current = null;
    };
  }, []);
  return [editor, isLoaded];
}

function startOfLine(text: string, line: number): number {
  const lines = text.split('\n').slice(0, Math.max(line - 1, 0));
  return lines.reduce((sum, each) => sum + each.length + 1, 0);
}
