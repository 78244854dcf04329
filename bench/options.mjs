// The command line of `npm run bench`.
import { parseArgs } from 'node:util';
import { PATHS } from './paths.mjs';

/** JIT compilation halves some figures within the first thousands of requests, so a server is warmed up per path. */
const FULL = { rounds: 5, seconds: 2, warmSeconds: 10, warmRequests: 4000 };
const QUICK = { rounds: 5, seconds: 1, warmSeconds: 4, warmRequests: 4000 };

export const USAGE = `npm run bench [-- [paths|lists|newcomers|memory|transfer|schema] options]
  --n 10000            identities: 100, 10000, 1000000 or any other number up to 9999999
  --database sqlite    or postgresql: a throw-away server of its own, seeded at each run
  --processes 1        SIGNET_WORKERS, on PostgreSQL
  --only token,get     paths: ${Object.keys(PATHS).join(', ')}
  --minutes 10         how long memory is watched
  --rounds 5 --seconds 2 --connections 16
  --quick              less warm-up and shorter rounds
  --server-only        bundles the server again but keeps the last build of the pages
  --built              measures the last build as it is
  --no-full            without the second reference
  --peers              with oidc-provider and better-auth (on SQLite), which are installed in bench/peers
  --json FILE          also writes every window of the run
  --cpu-prof FOLDER    the server writes a CPU profile (warm-up included)`;

export function readOptions(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      n: { type: 'string' },
      database: { type: 'string', default: 'sqlite' },
      processes: { type: 'string' },
      only: { type: 'string' },
      minutes: { type: 'string', default: '10' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      connections: { type: 'string' },
      quick: { type: 'boolean', default: false },
      'server-only': { type: 'boolean', default: false },
      built: { type: 'boolean', default: false },
      'no-full': { type: 'boolean', default: false },
      peers: { type: 'boolean', default: false },
      json: { type: 'string' },
      'cpu-prof': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const [command = 'paths'] = positionals;
  const paths = values.only?.split(',') ?? Object.keys(PATHS);
  const unknown = paths.find((name) => !PATHS[name]);
  if (unknown !== undefined) throw new Error(`--only does not know ${unknown}\n${USAGE}`);
  const usual = values.quick ? QUICK : FULL;
  const numberOf = (name, fallback) => (values[name] === undefined ? fallback : Number(values[name]));
  return {
    command,
    paths,
    database: values.database,
    processes: numberOf('processes', 1),
    identities: numberOf('n', command === 'lists' ? 1_000_000 : 10_000),
    connections: numberOf('connections', command === 'newcomers' ? 64 : 16),
    ...usual,
    rounds: numberOf('rounds', usual.rounds),
    seconds: numberOf('seconds', usual.seconds),
    minutes: Number(values.minutes),
    isServerOnly: values['server-only'],
    isBuilt: values.built,
    hasFull: !values['no-full'],
    hasPeers: values.peers,
    reportFile: values.json,
    profileFolder: values['cpu-prof'],
    isHelp: values.help,
  };
}
