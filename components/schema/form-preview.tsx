'use client';

import { useState } from 'react';
import { TraitField } from '@/components/identity/trait-field';
import { TraitGroups } from '@/components/identity/trait-groups';
import type { FormField } from '@/lib/identity/model/traits-form';

/** The form of "Account settings" to try out; nothing is saved. */
export function FormPreview({ fields }: { fields: FormField[] }) {
  const [values, setValues] = useState<Record<string, string>>({});
  return (
    <div className="flex max-w-text flex-col gap-5">
      <TraitGroups fields={fields}>
        {(field) => (
          <TraitField
            field={field}
            value={values[field.pointer] ?? ''}
            error={undefined}
            onEdit={(value) => setValues((before) => ({ ...before, [field.pointer]: value }))}
          />
        )}
      </TraitGroups>
    </div>
  );
}
