import fc, { type Arbitrary } from 'fast-check';
import { componentOf } from '@/lib/api/openapi/render';
import { membersOf } from '@/lib/api/openapi/schema';
import type { JsonObject } from '../lib/platform/json';

/** Values that match a schema of the OpenAPI document as far as it is precise: some are refused nevertheless. */
export function arbitraryOf(schema: JsonObject, components: Record<string, JsonObject>): Arbitrary<unknown> {
  const component = componentOf(schema);
  if (component !== null) return arbitraryOf(components[component] ?? {}, components);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices))
    return fc.oneof(...choices.map((choice) => arbitraryOf(choice as JsonObject, components)));
  switch (schema.type) {
    case 'array':
      return fc.array(arbitraryOf((schema.items ?? {}) as JsonObject, components), { maxLength: 3 });
    case 'object':
      return objectOf(schema, components);
    case 'integer':
      return fc.nat({ max: Math.min(Number(schema.maximum ?? 2 ** 31), 2 ** 31 - 1) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return fc.oneof(text(schema), fc.string({ unit: 'grapheme', maxLength: 20 }));
    default:
      return fc.jsonValue({ maxDepth: 3 });
  }
}

function text(schema: JsonObject): Arbitrary<string> {
  if (schema.format === 'uuid') return fc.uuid();
  if (schema.format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  return schema.format === 'email' ? fc.emailAddress() : fc.string({ maxLength: 40 });
}

function objectOf(schema: JsonObject, components: Record<string, JsonObject>): Arbitrary<unknown> {
  const members = membersOf(schema);
  if (members.length === 0)
    return fc.dictionary(fc.string({ maxLength: 10 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
  const model = Object.fromEntries(members.map(({ name, schema: member }) => [name, arbitraryOf(member, components)]));
  return fc.record(model, { requiredKeys: members.filter(({ isRequired }) => isRequired).map(({ name }) => name) });
}
