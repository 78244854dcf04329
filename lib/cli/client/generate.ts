import { VERSION } from '@/lib/platform/version';
import type { IdentitySchema } from '@/lib/schema/model';
import { adminCalls, apiTypes, methodsText } from './operations';
import { RUNTIME } from './runtime';
import { type TraitsType, traitsTypes } from './traits';

/**
 * A typed client of the admin API for one project, as one TypeScript file without imports: types of the traits, types of
 * the calls, the part that sends them, and a class with a method for each. It contains no secret and no origin.
 */
export async function generateClient(slug: string, schemas: readonly IdentitySchema[]): Promise<string> {
  const calls = adminCalls();
  const traits = await traitsTypes(schemas);
  return [
    `// A client of the admin API of Signet ${VERSION} for the project ${JSON.stringify(slug)}. Generated: do not edit.`,
    `// Again: signet client generate --project ${slug} --out <file>`,
    '// Needs TypeScript 5 and a runtime with fetch, such as Node 20. Keep the client secret on a server.',
    ...traits.map(({ text }) => text),
    identityTypes(traits),
    await apiTypes(calls),
    RUNTIME,
    classText(methodsText(calls)),
  ].join('\n\n');
}

function identityTypes(traits: readonly TraitsType[]): string {
  const members = traits.map(({ schemaId, name }) => `  ${JSON.stringify(schemaId)}: ${name}Traits;`);
  const hasDefault = traits.some(({ schemaId }) => schemaId === 'default');
  const ofDefault = hasDefault ? ` | { schema_id?: undefined; traits: TraitsBySchema['default'] }` : '';
  return `/** The traits of the newest version of each schema. Identities on an older version may differ. */
export interface TraitsBySchema {
${members.join('\n')}
}
export type SchemaId = keyof TraitsBySchema;

/** An identity with this schema. */
export type IdentityOf<Id extends SchemaId> = Api.Operations['identityFields'] & {
  schema_id: Id;
  traits: TraitsBySchema[Id];
};
/** An identity; \`schema_id\` tells which traits it has. */
export type Identity = { [Id in SchemaId]: IdentityOf<Id> }[SchemaId];

type TraitsOfSchema = { [Id in SchemaId]: { schema_id: Id; traits: TraitsBySchema[Id] } }[SchemaId];
export type NewIdentity = Api.Operations['createIdentity']['body'] & (TraitsOfSchema${ofDefault});
/** Without \`schema_id\`, the identity keeps its schema. */
export type ReplacedIdentity = Api.Operations['updateIdentity']['body'] &
  (TraitsOfSchema | { schema_id?: undefined; traits: TraitsBySchema[SchemaId] });
/** What to change of an identity; all other fields stay. */
export type IdentityChange = Partial<Api.Operations['updateIdentity']['body']> &
  (TraitsOfSchema | { schema_id?: undefined; traits?: TraitsBySchema[SchemaId] });
export type IdentityBatch = { identities: { create?: NewIdentity | null; patch_id?: string }[] };`;
}

function classText(methods: string): string {
  return `/** The admin API. One client may serve any number of concurrent calls. */
export class SignetClient {
  readonly #connection: Connection;

  constructor(options: ClientOptions) {
    this.#connection = new Connection(options);
  }

  /**
   * Reads an identity, replaces the fields that \`change\` returns, and starts over if it was changed in between.
   */
  async changeIdentity(
    id: string,
    change: (identity: Identity) => IdentityChange | Promise<IdentityChange>,
    options?: ReadOptions,
  ): Promise<Identity> {
    for (let tries = 1; ; tries++) {
      const identity = await this.getIdentity(id, {}, options);
      try {
        // Replacing clears what it omits.
        const { traits, state, metadata_public, metadata_admin, external_id = null } = identity;
        const kept = { traits, state, metadata_public, metadata_admin, external_id };
        const body = { ...kept, ...(await change(identity)) } as ReplacedIdentity;
        return await this.updateIdentity(id, body, { ...options, ifMatch: identity });
      } catch (error) {
        const isRace = error instanceof SignetError && error.status === 412;
        if (!isRace || tries >= MAX_CHANGE_TRIES) throw error;
      }
    }
  }

${methods}
}
`;
}
