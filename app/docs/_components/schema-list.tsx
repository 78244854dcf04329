import type { OpenApiDocument } from '@/lib/api/openapi/model';
import { membersOf } from '@/lib/api/openapi/schema';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { JsonObject } from '@/lib/platform/json';
import { MemberList, TypeName } from './member-list';
import { Words } from './words';

/** The schemas that requests and responses refer to. */
export function SchemaList({ document, locale }: { document: OpenApiDocument; locale: Locale }) {
  const t = translator(locale, 'reference');
  const schemas = Object.entries(document.components.schemas).sort(([a], [b]) => a.localeCompare(b));
  return (
    <section aria-labelledby="schemas" className="flex flex-col gap-6">
      <div className="flex flex-col gap-1">
        <h2 id="schemas" className="scroll-mt-6 text-lg font-semibold">
          {t('schemas')}
        </h2>
        <p className="text-muted">{t('schemasHelp')}</p>
      </div>
      {schemas.map(([name, schema]) => (
        <article key={name} aria-labelledby={`schema-${name}`} className="flex min-w-0 flex-col gap-2">
          <h3 id={`schema-${name}`} className="scroll-mt-6 font-semibold wrap-anywhere">
            {name}
          </h3>
          {typeof schema.description === 'string' && (
            <p lang="en" className="text-sm text-muted">
              <Words>{schema.description}</Words>
            </p>
          )}
          <SchemaMembers schema={schema} required={t('required')} />
        </article>
      ))}
    </section>
  );
}

/** Members of an object; any other schema is described in words. */
export function SchemaMembers({ schema, required }: { schema: JsonObject; required: string }) {
  const members = membersOf(schema);
  if (members.length === 0) return <TypeName schema={schema} />;
  return (
    <MemberList
      members={members.map(({ name, schema: member, isRequired }) => ({
        name,
        schema: member,
        ...(typeof member.description === 'string' && { description: member.description }),
        notes: isRequired ? [required] : [],
      }))}
    />
  );
}
