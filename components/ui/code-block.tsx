import { CopyButton } from './copy-button';

type Props = {
  /** The visible heading, and the name of the figure: "Request". */
  label: string;
  code: string;
  /** Without it there is no copy button. `label` is its accessible name: "Copy request". */
  copy?: { label: string; text: string; copiedText: string };
};

/** Lines of code. Long ones wrap, so that nothing is cut off; copying keeps the lines. */
export function CodeBlock({ label, code, copy }: Props) {
  return (
    <figure aria-label={label} className="min-w-0 overflow-clip rounded-md border border-line bg-sunken">
      <div className="flex min-h-10 flex-wrap items-center justify-between gap-2 border-b border-line py-1 ps-3 pe-1">
        <figcaption className="text-xs font-medium text-muted">{label}</figcaption>
        {copy && <CopyButton value={code} label={copy.label} copyText={copy.text} copiedText={copy.copiedText} />}
      </div>
      <pre className="p-3 font-mono text-sm whitespace-pre-wrap wrap-anywhere" dir="ltr">
        <code>{code}</code>
      </pre>
    </figure>
  );
}
