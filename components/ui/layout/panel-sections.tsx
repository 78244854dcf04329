import { Children, type ComponentProps, isValidElement, type ReactElement, type ReactNode } from 'react';
import { Panel } from './panel';
import { Sections } from './sections';

/** `Sections` of the panels among the children, in their order. For server components. */
export function PanelSections({ label, children }: { label: string; children: ReactNode }) {
  const sections = Children.toArray(children)
    .filter(isPanel)
    .map(({ props }) => ({ id: props.id, text: String(props.title) }));
  return (
    <Sections label={label} sections={sections}>
      {children}
    </Sections>
  );
}

function isPanel(child: ReactNode): child is ReactElement<ComponentProps<typeof Panel>> {
  return isValidElement(child) && child.type === Panel;
}
