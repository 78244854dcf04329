import type { Json } from '@/lib/platform/json';

/**
 * The only importer of json-schema-to-typescript, which is loaded when a client is generated: no other command needs it.
 * It reads no files and no addresses that a schema names. `name` is the name of the schema's own type.
 */
export async function compileTypes(schema: Json, name: string): Promise<string> {
  const { compile } = await import('json-schema-to-typescript');
  return compile(schema as object, name, {
    additionalProperties: false,
    bannerComment: '',
    enableConstEnums: false,
    style: { singleQuote: true, printWidth: 120 },
    ignoreMinAndMaxItems: true,
    unknownAny: true,
    $refOptions: { resolve: { external: false } },
  });
}
