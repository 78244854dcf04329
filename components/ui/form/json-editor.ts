import {
  autocompletion,
  type CompletionSource,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, diagnosticCount, lintGutter, nextDiagnostic, setDiagnostics } from '@codemirror/lint';
import { search, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/**
 * The adapter of CodeMirror, loaded by `JsonField` alone (docs/decisions: "Schemas are edited as text"). Tab leaves the
 * editor, as it leaves a text area.
 */

export type LineFault = { line: number; message: string };

/** Suggestions at an offset: `text` replaces `start` to `end`. */
export type Complete = (
  text: string,
  offset: number,
) => { start: number; end: number; options: Array<{ label: string; text: string }> } | null;

type Options = {
  parent: HTMLElement;
  text: string;
  /** Attributes of the element that takes the focus. */
  attributes: Record<string, string>;
  isReadOnly: boolean;
  complete: Complete;
  onChange: (text: string) => void;
  /** CodeMirror's English words and what to say instead. */
  phrases: Record<string, string>;
};

export type JsonEditor = ReturnType<typeof createJsonEditor>;

export function createJsonEditor({ parent, text, attributes, isReadOnly, complete, onChange, phrases }: Options) {
  const view = new EditorView({
    parent,
    doc: text,
    extensions: [
      // The page's policy accepts style elements with its nonce only.
      EditorView.cspNonce.of(document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''),
      ...[lineNumbers(), history(), json(), bracketMatching(), closeBrackets(), indentOnInput(), lintGutter()],
      search({ top: true }),
      autocompletion({ override: [sourceOf(complete)], icons: false }),
      keymap.of([
        ...[...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap],
        { key: 'F8', run: nextDiagnostic },
      ]),
      EditorView.contentAttributes.of(({ state }) => ({
        ...attributes,
        tabindex: '0', // editable content takes the focus by itself, which not every checker knows
        'aria-invalid': String(diagnosticCount(state) > 0),
      })),
      EditorState.readOnly.of(isReadOnly),
      EditorState.phrases.of(phrases),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.doc.toString());
      }),
      ...[THEME, syntaxHighlighting(HIGHLIGHT)],
    ],
  });
  return {
    focus: () => view.focus(),
    /** Replaces what differs, so that the cursor stays where it is. */
    setText: (next: string) => {
      const change = differenceOf(view.state.doc.toString(), next);
      if (change) view.dispatch({ changes: change });
    },
    setFaults: (faults: readonly LineFault[]) => {
      view.dispatch(
        setDiagnostics(
          view.state,
          faults.map((fault) => toDiagnostic(view.state, fault)),
        ),
      );
    },
    select: (anchor: number, head: number) => view.dispatch({ selection: { anchor, head }, scrollIntoView: true }),
    destroy: () => view.destroy(),
  };
}

function toDiagnostic({ doc }: EditorState, { line, message }: LineFault): Diagnostic {
  const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return { from, to, severity: 'error', message };
}

function differenceOf(before: string, after: string) {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from++;
  let same = 0;
  while (same < shorter - from && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
}

/** A word within quotes is matched with its quotes. */
function sourceOf(complete: Complete): CompletionSource {
  return ({ state, pos, explicit }) => {
    const found = complete(state.doc.toString(), pos);
    if (!found || (!explicit && found.start === found.end)) return null;
    const quote = state.sliceDoc(found.start, found.start + 1) === '"' ? '"' : '';
    const options = found.options.map(({ label, text }, at) => ({
      label: quote + label + quote,
      displayLabel: label,
      apply: text,
      boost: -at, // in the given order
    }));
    return { from: found.start, to: found.end, options };
  };
}

const HIGHLIGHT = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--info)' },
  { tag: tags.string, color: 'var(--success)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warning)' },
]);

const THEME = EditorView.theme({
  '&': {
    border: '1px solid var(--line-control)',
    borderRadius: 'var(--radius-md)',
    backgroundColor: 'var(--surface-raised)',
    color: 'var(--text)',
    fontSize: '0.8125rem',
    maxHeight: 'inherit',
  },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '2px' },
  '.cm-scroller': {
    fontFamily: 'var(--font-mono)',
    lineHeight: '1.25rem',
    minHeight: '16rem',
    borderRadius: 'inherit',
  },
  '.cm-content': { caretColor: 'var(--text)', paddingBlock: '0.5rem' },
  '.cm-content:focus-visible': { outline: 'none' },
  '.cm-gutters': { backgroundColor: 'var(--surface-sunken)', color: 'var(--text-muted)', borderColor: 'var(--line)' },
  '.cm-diagnostic-error': { borderInlineStart: '3px solid var(--danger)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--danger)',
    textDecorationSkipInk: 'none',
  },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--surface-sunken)',
    outline: '1px solid var(--line-control)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface-raised)',
    color: 'var(--text)',
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius-md)',
    boxShadow: 'var(--shadow)',
    overflow: 'clip',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-mono)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.25rem 0.5rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent)',
    color: 'var(--on-accent)',
  },
  '.cm-panels': { backgroundColor: 'var(--surface-sunken)', color: 'var(--text)', borderColor: 'var(--line)' },
  '.cm-panel.cm-search': { padding: '0.5rem', fontFamily: 'var(--font-sans)' },
  '.cm-panel.cm-search label': { fontSize: '0.75rem', whiteSpace: 'nowrap' },
  '.cm-textfield': {
    backgroundColor: 'var(--surface-raised)',
    border: '1px solid var(--line-control)',
    borderRadius: 'var(--radius-sm)',
    fontSize: '0.8125rem',
    padding: '0.25rem 0.5rem',
  },
  '.cm-button': {
    background: 'var(--surface-raised)',
    border: '1px solid var(--line-control)',
    borderRadius: 'var(--radius-sm)',
    fontSize: '0.8125rem',
    padding: '0.25rem 0.5rem',
  },
  '.cm-panel.cm-search [name=close]': { minWidth: '1.5rem', minHeight: '1.5rem', fontSize: '1rem' },
  '.cm-searchMatch': { backgroundColor: 'var(--warning-soft)', outline: '1px solid var(--warning)' },
});
