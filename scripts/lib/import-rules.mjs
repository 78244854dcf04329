// Imports run one way (ARCHITECTURE.md): app → lib/{web,api,server} → lib/http → nouns → lib/platform; app → components
// → model, contract. Biome checks single names, this file where they lead. Tests may import anything.
import path from 'node:path';

/** The nouns that a noun may import. No cycles: each line names only lines above it. */
const NOUNS = {
  'rate-limit': [],
  idempotency: [],
  queue: [],
  picture: [],
  audit: [],
  schema: ['audit'],
  project: ['queue', 'schema', 'audit', 'picture'],
  group: ['audit'],
  application: ['project', 'audit', 'picture', 'group'],
  role: ['project'],
  mail: ['project', 'audit', 'rate-limit', 'picture'],
  'application-session': ['project', 'audit'],
  identity: [
    ...['schema', 'project', 'role', 'audit', 'mail', 'idempotency', 'rate-limit', 'picture', 'application-session'],
  ],
  claim: ['project', 'audit', 'picture', 'identity', 'group'],
  session: ['project', 'audit', 'mail', 'identity', 'rate-limit', 'application-session'],
  credential: ['schema', 'project', 'audit', 'mail', 'identity', 'rate-limit', 'session', 'picture'],
  'recovery-code': ['project', 'audit', 'mail', 'identity', 'rate-limit', 'session', 'credential'],
  transfer: ['schema', 'project', 'audit', 'identity', 'credential'],
  undo: ['audit', 'identity', 'credential', 'schema'],
  invitation: ['schema', 'project', 'role', 'audit', 'mail', 'identity', 'rate-limit'],
  verification: [
    ...['schema', 'project', 'audit', 'mail', 'identity', 'rate-limit', 'session', 'credential', 'invitation'],
    'recovery-code',
  ],
  pairing: ['project', 'audit', 'identity', 'rate-limit', 'session', 'credential', 'verification'],
  preview: [...['project', 'audit', 'identity', 'session', 'credential', 'recovery-code', 'verification', 'pairing']],
  operator: [
    ...['schema', 'project', 'role', 'audit', 'mail', 'identity', 'session', 'credential', 'invitation'],
    'verification',
    'recovery-code',
  ],
  'api-credential': ['project', 'audit'],
  job: ['queue', 'project', 'role', 'audit', 'identity', 'session', 'credential', 'api-credential', 'undo'],
  bulk: ['queue', 'schema', 'project', 'role', 'audit', 'mail', 'identity', 'session', 'credential', 'job'],
  import: ['queue', 'schema', 'project', 'audit', 'identity', 'credential', 'transfer', 'job'],
  'schema-change': ['queue', 'schema', 'role', 'audit', 'identity', 'job'],
  token: ['project', 'audit', 'rate-limit', 'api-credential', 'application'],
  grant: [
    ...['project', 'audit', 'rate-limit', 'identity', 'session', 'token', 'application', 'application-session'],
    'claim',
  ],
  webhook: ['project', 'role', 'audit', 'mail', 'identity'],
  installation: ['project', 'mail', 'token'],
};
export const nounNames = Object.keys(NOUNS);

/**
 * What other code may import of a noun. `service.ts` is its door: it re-exports what `service/<verb>.ts` define for
 * others.
 */
const DOORS = /^(service\.ts|(model|contract)(\.ts|\/[a-z-]+\.ts))$/;
const DOOR_FILE = /^lib\/([a-z-]+)\/service\.ts$/;

/** Faults in the imports of a file: sentences, or none. `file` is relative to the root, with slashes. */
export function importFaults(file, text) {
  if (/\.test\.tsx?$/.test(file) || !/^(app|components|lib)\//.test(file)) return [];
  const from = placeOf(file);
  const faults = [...text.matchAll(/(?:from|import)\s*\(?\s*'((?:@|\.{1,2})\/[^']+)'/g)].flatMap(([, name]) => {
    const target = name.startsWith('@/') ? name.slice(2) : path.posix.join(path.posix.dirname(file), name);
    const fault = faultOf(from, placeOf(target));
    return fault ? [`${file} imports ${target}: ${fault}`] : [];
  });
  return [...faults, ...doorFaults(file, text), ...modelFaults(file, text), ...tableFaults(file, text)];
}

const MODEL_FILE = /^lib\/([a-z-]+)\/model(\.ts|\/[a-z-]+\.ts)$/;
const NOT_PURE = /'node:[^']+'|'(@\/lib|\.\.)\/platform\/(db\/[^']+|env|ids|log|network|secret)'|\bBuffer\b(?!>)/;

/** A model is pure and also runs in browsers: no IDs, secrets, settings, database or Node. */
function modelFaults(file, text) {
  if (!(MODEL_FILE.exec(file)?.[1] in NOUNS)) return [];
  const found = NOT_PURE.exec(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''));
  return found ? [`${file}: a model is pure and runs anywhere, without ${found[0]}`] : [];
}

/**
 * The noun that owns each table; no other noun reads or writes it by name. Joins over a relation of an owned table are
 * free.
 */
const TABLES = {
  'application-session': ['applicationSession', 'logoutNotice'],
  audit: ['auditEvent'],
  'api-credential': ['apiCredential', 'apiCredentialSecret'],
  application: ['application', 'applicationGroup', 'applicationLogo', 'applicationSecret'],
  bulk: ['bulkAction'],
  claim: ['claimMapping'],
  credential: ['challenge', 'passkey', 'passkeyDeletion', 'passkeyFleet'],
  grant: ['authorizationCode', 'authorizationRequest', 'grant', 'tokenFamily'],
  group: ['group', 'groupMember'],
  idempotency: ['idempotencyKey'],
  identity: ['deletedIdentity', 'emailChange', 'identifier', 'identity', 'recoveryAddress', 'verifiableAddress'],
  import: ['import', 'importChunk'],
  installation: ['installation'],
  invitation: ['invitation'],
  job: ['undoJob'],
  mail: ['outboxMail'],
  pairing: ['pairing'],
  picture: ['picture'],
  project: ['domainClaim', 'organization', 'project', 'projectLogo', 'projectOrigin', 'projectText'],
  queue: ['job'],
  'rate-limit': ['rateLimit'],
  'recovery-code': ['recoveryCode'],
  role: ['operator'],
  schema: ['identitySchema'],
  'schema-change': ['schemaChange'],
  session: ['knownBrowser', 'session', 'signInAlert'],
  token: ['revokedToken', 'signingKey'],
  verification: ['returnPath', 'verification'],
  webhook: ['webhookDelivery', 'webhookEndpoint'],
};
/** Exceptions, each with its reason in the file. */
const READS_OTHERS = new Set([
  'lib/audit/repository/insert.ts', // the deliveries of an event, in its statement, and their erasure
  'lib/identity/repository/kept-passkeys.ts', // the passkeys of an identity in the recycle bin
  'lib/operator/repository.ts', // roles joined with their identities
  'lib/project/repository/contents.ts', // the contents of a tenant, of nouns above
  'lib/project/repository/removal.ts', // and their removal
  'lib/verification/repository.ts', // a recipient, at the same cost whether there is one or not
]);

function tableFaults(file, text) {
  const noun = /^lib\/([a-z-]+)\//.exec(file)?.[1];
  if (!(noun in NOUNS) || READS_OTHERS.has(file)) return [];
  const foreign = Object.entries(TABLES).flatMap(([owner, tables]) => (owner === noun ? [] : tables));
  const call = /\.(\w+)\s*\.(?:find|create|update|delete|count|group|aggregate|upsert)\w*\(/g;
  const write = /\b(?:INSERT INTO|UPDATE|DELETE FROM) "([A-Z]\w*)"/g;
  const written = [...text.matchAll(write)].map(([, name]) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`);
  const asked = [...text.matchAll(call)].map(([, table]) => table);
  const found = [...asked, ...written].filter((table) => foreign.includes(table));
  return [...new Set(found)].map((table) => `${file} asks the table ${table}, which another noun owns`);
}

/**
 * A noun's `service.ts` has no code of its own, re-exports by name, and leaves model and contract to their own files.
 */
function doorFaults(file, text) {
  if (!(DOOR_FILE.exec(file)?.[1] in NOUNS)) return [];
  const rest = text.replaceAll(/^export (?:type )?\{[^}]*\} from '\.\/(?!model|contract)[a-z/-]+';$/gm, '').trim();
  return rest === ''
    ? []
    : [`${file}: a door only re-exports from service/, repository and adapters: ${rest.split('\n')[0]}`];
}

/** The table of routes in lib/api. `handle` reads it, so it imports no handler. */
const TABLE = /^lib\/api\/(routes|openapi\/errors)(\.ts|\/|$)/;

/** The place of a file: { area, noun, rest }; `area` is noun, a room of lib or a top-level folder. */
function placeOf(file) {
  const [top, second = '', ...rest] = file.split('/');
  if (top !== 'lib') return { area: top };
  if (second in NOUNS)
    return { area: 'noun', noun: second, rest: `${rest.join('/')}.ts`.replace(/\.tsx?\.ts$/, '.ts') };
  return { area: TABLE.test(file) ? 'table' : second };
}

const BELOW = ['noun', 'platform', 'i18n'];
const MAY_IMPORT = {
  app: ['app', 'components', 'table', 'api', 'web', 'server', 'http', 'jobs', ...BELOW],
  components: ['components', ...BELOW],
  cli: ['cli', 'jobs', 'table', 'api', ...BELOW],
  server: ['server', 'table', 'api', 'http', ...BELOW],
  table: ['table', 'noun', 'platform'],
  api: ['api', 'table', 'http', ...BELOW],
  web: ['web', 'http', ...BELOW],
  http: ['http', ...BELOW],
  jobs: ['jobs', ...BELOW],
  noun: BELOW,
  i18n: ['i18n', 'platform'],
  platform: ['platform'],
};

function faultOf(from, to) {
  if (to.area === 'generated' || to.area === 'package.json') return; // Biome's part
  const allowed = MAY_IMPORT[from.area];
  if (!allowed) return `lib/${from.area} is neither a noun nor a known room of lib`;
  if (!allowed.includes(to.area)) return `${from.area} may not know ${to.area}`;
  if (to.area !== 'noun') return;
  if (from.noun === to.noun)
    return to.rest === 'service.ts' ? 'inside a noun, import the file that defines it' : undefined;
  if (from.noun && !NOUNS[from.noun].includes(to.noun)) return `${from.noun} stands below or beside ${to.noun}`;
  if (!DOORS.test(to.rest)) return 'a noun has three doors: service.ts, model and contract';
  if (['components', 'table'].includes(from.area) && to.rest === 'service.ts')
    return `${from.area} knows model and contract only`;
}
