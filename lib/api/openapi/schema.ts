import { z } from 'zod';
import type { Json, JsonObject } from '@/lib/platform/json';

/**
 * Converts zod to the JSON Schema of OpenAPI 3.1 (draft 2020-12). Schemas with an `id` in their metadata become
 * components that others reference.
 */
export class SchemaRegistry {
  readonly components: Record<string, JsonObject> = {};

  /**
   * Strict: responses may not have unknown members. The published document allows them, so that members can be added.
   */
  constructor(private readonly isStrict: boolean) {}

  add(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
    const isStrict = io === 'input' || this.isStrict;
    // Wrapped in an object, so that a schema with its own ID is referenced like any other.
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

/** Drops patterns that repeat a format, and patterns of what metadata declares a number. */
function tidy(schema: Record<string, unknown>, isStrict: boolean): void {
  if (schema.format !== undefined || (schema.type !== undefined && schema.type !== 'string')) delete schema.pattern;
  if (!isStrict && schema.additionalProperties === false) delete schema.additionalProperties;
}

export type Member = { name: string; schema: JsonObject; isRequired: boolean };

/** The members of an object schema, in order. */
export function membersOf(schema: JsonObject): Member[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const properties = (schema.properties ?? {}) as Record<string, JsonObject>;
  return Object.entries(properties).map(([name, member]) => ({
    name,
    schema: member,
    isRequired: required.includes(name as Json),
  }));
}
