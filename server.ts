import { createServer } from 'node:http';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describeDisplaced, listDisplacedIdentities } from '@/lib/identity/service';
import { bindSecret, requireSecret } from '@/lib/installation/service';
import { ensureSetupLink } from '@/lib/invitation/service';
import { JOBS } from '@/lib/jobs/jobs';
import { startWorker } from '@/lib/jobs/worker';
import { reportMailServer } from '@/lib/mail/service';
import { closeDb, databaseKind } from '@/lib/platform/db/client';
import { describeDatabase, describeStartFault } from '@/lib/platform/db/describe';
import { migrate } from '@/lib/platform/db/migrate';
import { closeReplica } from '@/lib/platform/db/replica';
import { prepareSearch } from '@/lib/platform/db/search-index';
import { acquireServerLock } from '@/lib/platform/db/server-lock';
import { requireSoundDriver } from '@/lib/platform/db/sqlite-driver';
import { waitForDatabase } from '@/lib/platform/db/wait';
import { type Env, env, resolvePort, SettingsError } from '@/lib/platform/env';
import { requireGeoDatabase } from '@/lib/platform/geo';
import { errorFields, log } from '@/lib/platform/log';
import { startProcessMetrics } from '@/lib/platform/metrics';
import { ensureFirstProject } from '@/lib/project/service';
import { createFront } from '@/lib/server/front';
import { createStaticFiles } from '@/lib/server/front/static-files';
import { Turns } from '@/lib/server/front/turns';
import { findFreePort, listen } from '@/lib/server/listen';
import { refuseOwnRequests } from '@/lib/server/own-requests';
import { onFirstUse, preparePages } from '@/lib/server/pages';
import { drain, pause, shutdownInOrder, trackConnections } from '@/lib/server/shutdown';
import { Primary } from '@/lib/server/workers/primary';
import { holdUntilNoneListens, isWorker, listenToPrimary, reportListening } from '@/lib/server/workers/worker';

/**
 * A Signet process: the front server, Next behind it, and the job worker. With SIGNET_WORKERS, the primary of several such
 * processes.
 */
const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const SHUTDOWN_TIMEOUT_MILLIS = 25_000;
/** Workers that exceed their own timeout are killed. */
const GRACE_MILLIS = 10_000;
/** Unless a page is requested before. */
const PAGES_DELAY_MILLIS = 100;
const SERVER_OPTIONS = {
  requestTimeout: 60_000,
  headersTimeout: 20_000,
  keepAliveTimeout: 72_000,
  maxHeaderSize: 64 * 1024, // the request line may contain 500 ids
};

async function main(): Promise<void> {
  // One listener throughout: Node drops a pending signal while one listener replaces another.
  let onSignal: (signal: NodeJS.Signals) => void = exitEarly;
  const setOnSignal = (listener: typeof onSignal) => {
    onSignal = listener;
  };
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, (signal) => !isWorker && onSignal(signal));
  if (isWorker) listenToPrimary((signal) => onSignal(signal));
  // Resolved before anything is stored, because the first project's origin contains it.
  const settings = env().port === 0 ? resolvePort(await findFreePort(env().listenHosts)) : env();
  const isDevelopment = process.argv.includes('--dev');
  requireGeoDatabase(settings);
  process.umask(0o077); // files written here are readable by this user only
  if (!isWorker) await prepare(settings);
  if (!isWorker && settings.workers > 1 && !isDevelopment) await supervise(settings, setOnSignal);
  else await serveRequests(settings, isDevelopment, setOnSignal);
  if (isWorker) return reportListening();
  void reportMailServer();
  printBanner(settings, await ensureSetupLink());
}

/** Runs once, however many processes serve. */
async function prepare(settings: Env): Promise<void> {
  const isSqlite = databaseKind(settings.databaseUrl) === 'sqlite';
  if (isSqlite && settings.workers > 1)
    throw new SettingsError([
      'SIGNET_WORKERS: several workers require PostgreSQL; SQLite allows one process per file. Set it to 1 or use PostgreSQL',
    ]);
  if (isSqlite) requireSoundDriver();
  await waitForDatabase(settings.databaseUrl, (reason) => log.warn('waiting for the database', { detail: reason }));
  acquireServerLock(settings.databaseUrl); // until the process ends
  await requireSecret(); // before anything is written
  await migrate(settings.databaseUrl, {
    onApplied: (name) => log.info('migration applied', { detail: name }),
    onProgress: (name, rows) => log.info('migration in progress', { detail: `${name}: ${rows} rows` }),
  });
  const unindexed = await prepareSearch(settings.databaseUrl);
  if (unindexed) log.warn('search compares row by row', { detail: unindexed });
  await bindSecret();
  await ensureFirstProject(settings.origin);
  for (const displaced of await listDisplacedIdentities())
    log.warn('two identities share an address', { detail: describeDisplaced(displaced) });
}

type SetOnSignal = (listener: (signal: NodeJS.Signals) => void) => void;

/** Runs as the primary: workers serve, this process starts and stops them. */
async function supervise(settings: Env, setOnSignal: SetOnSignal): Promise<void> {
  const stopMillis = settings.shutdownDelaySeconds * 1000 + SHUTDOWN_TIMEOUT_MILLIS + GRACE_MILLIS;
  const primary = new Primary({ program: fileURLToPath(import.meta.url), workers: settings.workers, stopMillis });
  setOnSignal((signal) => {
    log.info('shutting down', { signal });
    void primary.stop(signal).then((isClean) => process.exit(isClean ? 0 : 1));
  });
  if (!(await primary.start())) process.exit(1); // the worker has printed why
  logListening(settings);
}

/** The front server, Next and the jobs of this process. */
async function serveRequests(settings: Env, isDevelopment: boolean, setOnSignal: SetOnSignal): Promise<void> {
  startProcessMetrics();

  // Only development upgrades connections. Next listens for `Upgrade` on this server, which never accepts connections.
  // In production nothing is forwarded, and a request that offers an upgrade is served like any other (RFC 9110 §7.8).
  const httpServer = createServer();
  refuseOwnRequests();
  // biome-ignore lint/style/noProcessEnv: next.config.mjs reads the same variable
  const distDir = process.env.SIGNET_DIST_DIR ?? '.next';
  const pages = onFirstUse(() => preparePages({ dir: ROOT, isDevelopment, port: settings.port, httpServer }));
  let isStopping = false;
  const turns = new Turns();
  // In development, Next serves programs too and reloads their route files; tests compare both ways.
  const isThroughNext = isDevelopment || process.argv.includes('--through-next');
  const routes = isThroughNext ? undefined : await import('@/app/api/routes');
  const front = createFront({
    turns,
    routeFiles: routes?.RESOURCES,
    browserFiles: routes?.FOR_BROWSERS,
    staticFiles: isDevelopment ? undefined : await createStaticFiles(path.join(ROOT, distDir)),
    serve: async (request, response) => (await pages()).serve(request, response),
    isDevelopment,
    trustedProxies: settings.trustedProxies,
    consoleOrigin: settings.origin,
    metricsToken: settings.metricsToken,
    isStopping: () => isStopping,
  });
  const makeServer = () => {
    const server = createServer(SERVER_OPTIONS, (request, response) => {
      front(request, response).catch(() => response.destroy());
    });
    trackConnections(server);
    return isDevelopment ? server.on('upgrade', (...given) => httpServer.emit('upgrade', ...given)) : server;
  };
  if (isDevelopment) await pages(); // upgrades need its listener
  const servers = await listen(makeServer, { port: settings.port, hosts: settings.listenHosts });
  if (!isWorker) logListening(settings);
  const worker = startWorker(JOBS);

  const hurry = new AbortController();
  const stop = async (signal: string) => {
    if (isStopping) return hurry.abort();
    isStopping = true;
    if (!isWorker) log.info('shutting down', { signal });
    await pause(settings.shutdownDelaySeconds, hurry.signal);
    const pausable = isWorker ? await holdUntilNoneListens(turns, servers.length) : turns;
    const groups = [
      [
        {
          name: 'requests',
          stop: () => Promise.all(servers.map((server) => drain(server, SHUTDOWN_TIMEOUT_MILLIS, pausable))),
        },
        { name: 'jobs', stop: () => worker.stop() },
      ],
      [{ name: 'pages', stop: async () => (await pages()).close() }],
      [{ name: 'database', stop: () => Promise.all([closeDb(), closeReplica()]) }],
    ];
    process.exit((await shutdownInOrder(groups, SHUTDOWN_TIMEOUT_MILLIS)) ? 0 : 1);
  };
  setOnSignal((signal) => void stop(signal).catch(() => process.exit(1)));

  // Loading Next blocks the event loop: programs that wait for the start are answered first.
  await wait(PAGES_DELAY_MILLIS);
  await pages();
  if (!isDevelopment) quietLibraries();
  if (isStopping) await new Promise(() => undefined); // `stop` ends the process
}

function logListening({ port, listenHosts, workers }: Env): void {
  log.info('listening', {
    port,
    host: listenHosts.join(', ') || undefined,
    workers: workers > 1 ? workers : undefined,
  });
}

/** Next prints client errors, such as an unknown action, together with what was sent. */
function quietLibraries(): void {
  for (const level of ['warn', 'error'] as const) {
    console[level] = (...args: unknown[]) =>
      log.debug('library message', errorFields(args.find((each) => each instanceof Error)));
  }
}

/**
 * Before the server listens, nothing has to finish. Without a listener, a process with PID 1 would ignore the signal.
 */
function exitEarly(): void {
  process.exit(0);
}

/** What the operator at the terminal needs now. The setup link is single-use and expires (contract 8.15). */
function printBanner({ origin, dataDir, databaseUrl, smtpUrl }: Env, setupLink: string | null): void {
  const mail = smtpUrl ? `sent by ${new URL(smtpUrl).host}` : `kept in ${path.join(dataDir, 'mail')} (no SMTP_URL)`;
  const lines = [
    '',
    '  Signet is ready',
    '',
    `  Address  ${origin}`,
    `  Data     ${describeDatabase(databaseUrl)}`,
    `  Mail     ${mail}`,
  ];
  if (setupLink)
    lines.push('', `  Set up: ${setupLink}`, '  Open this link to create the first operator; it works once.');
  console.log([...lines, ''].join('\n'));
}

try {
  await main();
} catch (error) {
  if (!(error instanceof SettingsError) && !isAddressInUse(error)) log.error('start failed', errorFields(error));
  // console.error may be silenced already.
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exit(1);
}

function reasonOf(error: unknown): string {
  if (isAddressInUse(error)) return `Port ${env().port} is in use; set PORT to another one`;
  if (error instanceof SettingsError) return error.message; // the settings to describe may be missing
  return error instanceof Error ? describeStartFault(error, env().databaseUrl) : String(error);
}

function isAddressInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
