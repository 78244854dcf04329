import type { ReactNode } from 'react';
import { TEXT_LINK_STYLE } from '@/components/ui/text-link';
import { componentOf, typeOf } from '@/lib/api/openapi/render';
import type { JsonObject } from '@/lib/platform/json';
import { Words } from './words';

type Member = { name: string; schema: JsonObject; description?: string; notes: string[] };

/** Names and descriptions: parameters, or members of a body. */
export function MemberList({ members }: { members: Member[] }) {
  return (
    <dl className="divide-y divide-line rounded-md border border-line bg-raised text-sm">
      {members.map(({ name, schema, description, notes }) => (
        <div key={name} className="flex min-w-0 flex-col gap-0.5 px-3 py-2">
          <dt className="flex min-w-0 flex-wrap items-baseline gap-x-2">
            <code className="font-mono font-medium wrap-anywhere">{name}</code>
            <TypeName schema={schema} />
            {notes.map((note) => (
              <span key={note} className="text-xs text-muted">
                {note}
              </span>
            ))}
          </dt>
          <dd lang="en" className="min-w-0 text-muted wrap-anywhere">
            <Words>{[description, boundsOf(schema)].filter(Boolean).join(' ')}</Words>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The type, linked if it is a named schema. */
export function TypeName({ schema }: { schema: JsonObject }): ReactNode {
  const inner = schema.type === 'array' ? ((schema.items ?? {}) as JsonObject) : schema;
  const component = componentOf(inner);
  const words = typeOf(schema);
  return (
    <code className="min-w-0 font-mono text-xs text-muted wrap-anywhere">
      {component === null ? (
        words
      ) : (
        <a href={`#schema-${component}`} className={TEXT_LINK_STYLE}>
          {words}
        </a>
      )}
    </code>
  );
}

const BOUNDS = ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'default'];

function boundsOf(schema: JsonObject): string {
  return BOUNDS.filter((bound) => schema[bound] !== undefined)
    .map((bound) => `${bound} ${JSON.stringify(schema[bound])}`)
    .join(', ');
}
