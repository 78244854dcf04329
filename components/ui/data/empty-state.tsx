import type { ReactNode } from 'react';

/** An empty state: one sentence, one action. */
export function EmptyState({ children, action, icon }: { children: ReactNode; action?: ReactNode; icon?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-4 rounded-lg border border-dashed border-control p-6">
      {icon && <span className="text-muted">{icon}</span>}
      <p className="max-w-text">{children}</p>
      {action}
    </div>
  );
}
