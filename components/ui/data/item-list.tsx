import type { ComponentProps, ReactNode } from 'react';
import { classes } from '../classes';

/** A sheet of rows divided by hairlines. `label` is the list's name, such as "Passkeys". */
export function ItemList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul
      // biome-ignore lint/a11y/noRedundantRoles: Safari drops the role where list-style is none
      role="list"
      aria-label={label}
      className="item-list"
    >
      {children}
    </ul>
  );
}

type Props = Omit<ComponentProps<'li'>, 'title'> & {
  /** 24 px. */
  icon?: ReactNode;
  title: ReactNode;
  /** Beside the title, wrapping below it. */
  badges?: ReactNode;
  /** The second line. */
  detail?: ReactNode;
  /** Buttons; their accessible names carry the title. */
  actions?: ReactNode;
  /** Highlights this row; text elsewhere says why. */
  isHighlighted?: boolean;
  /** Anything below, over the full width. */
  children?: ReactNode;
};

export function Item({ icon, title, badges, detail, actions, isHighlighted, children, ...rest }: Props) {
  return (
    <li {...rest} className={classes('item', isHighlighted && 'bg-info-soft')}>
      <div className="item-row">
        {icon && <span className="item-icon">{icon}</span>}
        <div className="item-body">
          <div className="item-text">
            <div className="item-head">
              <span className="item-title">{title}</span>
              {badges}
            </div>
            {detail && <div className="text-sm text-muted">{detail}</div>}
          </div>
          {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
        </div>
      </div>
      {children}
    </li>
  );
}

/**
 * Facts on one line, separated by dots; each may wrap to its own line. A dot precedes each fact and, at the start of a
 * line, is clipped outside the box.
 */
export function Facts({ children }: { children: ReactNode[] }) {
  return (
    <span className="facts">
      <span>
        {children.filter(Boolean).map((fact, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the facts of a row have a fixed order
          <span key={index} className="fact">
            {fact}
          </span>
        ))}
      </span>
    </span>
  );
}
