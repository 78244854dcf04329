import { CopyButton } from './copy-button';
import { ScrollRegion } from './layout/scroll-region';

type Props = {
  /** The visible heading and the region's name: "Request". */
  label: string;
  code: string;
  /** Without it there is no copy button. `label` is its accessible name: "Copy request". */
  copy?: { label: string; text: string; copiedText: string };
};

/** Lines of code, unwrapped; long ones scroll inside. */
export function CodeBlock({ label, code, copy }: Props) {
  return (
    <div className="min-w-0 overflow-clip rounded-md border border-line bg-sunken">
      <div className="flex min-h-10 flex-wrap items-center justify-between gap-2 border-b border-line py-1 ps-3 pe-1">
        <span className="text-xs font-medium text-muted">{label}</span>
        {copy && <CopyButton value={code} label={copy.label} copyText={copy.text} copiedText={copy.copiedText} />}
      </div>
      <ScrollRegion label={label} className="-outline-offset-2!">
        <pre className="w-max min-w-full p-3 font-mono text-sm">
          <code>{code}</code>
        </pre>
      </ScrollRegion>
    </div>
  );
}
