import { Fragment, type ReactNode } from 'react';
import type { FormField } from '@/lib/identity/model/traits-form';

type Props = { fields: FormField[]; children: (field: FormField) => ReactNode };

/** The fields in order, those of an object below its title. Titles are left out where all fields share them. */
export function TraitGroups({ fields, children }: Props) {
  const groups = toGroups(fields);
  return groups.map(({ title, members }) => {
    const content = members.map((field) => <Fragment key={field.pointer}>{children(field)}</Fragment>);
    const key = members[0]?.pointer;
    if (groups.length === 1 || title === '') return <Fragment key={key}>{content}</Fragment>;
    return (
      <fieldset key={key} className="flex min-w-0 flex-col gap-5 border-s-2 border-line ps-4">
        <legend className="float-start mb-5 w-full font-semibold">{title}</legend>
        {content}
      </fieldset>
    );
  });
}

function toGroups(fields: FormField[]): Array<{ title: string; members: FormField[] }> {
  const groups: Array<{ title: string; members: FormField[] }> = [];
  for (const field of fields) {
    const title = field.groups.join(' – ');
    const last = groups.at(-1);
    if (last?.title === title) last.members.push(field);
    else groups.push({ title, members: [field] });
  }
  return groups;
}
