import { z } from 'zod';
import type { Json, JsonObject } from '@/lib/platform/json';

/**
 * Zod to the JSON Schema of OpenAPI 3.1 (draft 2020-12). Schemas with an `id` in their metadata become components that the
 * others point to.
 */
export class SchemaBook {
  readonly components: Record<string, JsonObject> = {};

  /** Strict: answers may have no member that is not named. Clients are told less, so that members may be added. */
  constructor(private readonly isStrict: boolean) {}

  add(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
    const isStrict = io === 'input' || this.isStrict;
    // Within an object, so that a schema with an id of its own is pointed to like any other.
    const made = z.toJSONSchema(z.object({ root: schema }), {
      io,
      target: 'draft-2020-12',
      unrepresentable: 'any',
      override: ({ jsonSchema }) => tidy(jsonSchema, isStrict),
    });
    const text = JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/');
    const { properties, $defs = {} }: { properties: { root: JsonObject }; $defs?: Record<string, JsonObject> } =
      JSON.parse(text);
    for (const [name, definition] of Object.entries($defs)) {
      delete definition.id;
      this.components[name] = definition;
    }
    return properties.root;
  }
}

/** What a format says already is not said again as a pattern, and what metadata makes a number has none. */
function tidy(schema: Record<string, unknown>, isStrict: boolean): void {
  if (schema.format !== undefined || (schema.type !== undefined && schema.type !== 'string')) delete schema.pattern;
  if (!isStrict && schema.additionalProperties === false) delete schema.additionalProperties;
}

export type Member = { name: string; schema: JsonObject; isRequired: boolean };

/** The members of an object's schema, in their order. */
export function membersOf(schema: JsonObject): Member[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const properties = (schema.properties ?? {}) as Record<string, JsonObject>;
  return Object.entries(properties).map(([name, member]) => ({
    name,
    schema: member,
    isRequired: required.includes(name as Json),
  }));
}
