import { access, constants, stat, statfs } from 'node:fs/promises';
import { countApplications } from '@/lib/application/service';
import { readNoticeQueue } from '@/lib/application-session/service';
import { findNewestEventTime } from '@/lib/audit/service';
import { describeDisplaced, listDisplacedIdentities } from '@/lib/identity/service';
import { faultOf } from '@/lib/installation/model';
import { readSecretState } from '@/lib/installation/service';
import { checkMailServer, DeliveryError, readOutboxState } from '@/lib/mail/service';
import { type DatabaseState, readDatabaseState } from '@/lib/platform/db/info';
import { pendingMigrations } from '@/lib/platform/db/migrate';
import { type Env, env, SettingsError } from '@/lib/platform/env';
import { requireGeoDatabase } from '@/lib/platform/geo';
import type { Project } from '@/lib/project/model';
import { isLoopbackOrigin } from '@/lib/project/model/origin';
import { findFirstProject, listForReview } from '@/lib/project/service';
import { readQueueState } from '@/lib/queue/service';
import { hasOperators } from '@/lib/role/service';
import { sentence } from './output';

/** `advice` is the recommended action. */
export type CheckResult = { name: string; status: 'ok' | 'warning' | 'failure'; found: string; advice?: string };
type Verdict = Omit<CheckResult, 'name'>;

const MEGABYTE = 1024 * 1024;
const LOW_FREE_MEGABYTES = 1024;
const MIN_FREE_MEGABYTES = 100;
const MAX_CLOCK_SKEW_MILLIS = 5000;
const LONG_WAIT_MILLIS = 10 * 60_000;
const DAY_MILLIS = 86_400_000;
const RESPONSE_TIMEOUT_MILLIS = 5000;

/** Checks everything a running Signet depends on; changes nothing. Checks that depend on a failed one are skipped. */
export async function runChecks(): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  const check = async (name: string, run: () => Promise<Verdict>): Promise<boolean> => {
    const verdict = await run().catch((error: unknown): Verdict => failure(sentence(error)));
    results.push({ name, ...verdict });
    return verdict.status !== 'failure';
  };
  await check('Node', checkNode);
  if (!(await check('Settings', checkSettings))) return results;
  await check('Disk', () => checkDisk(env()));
  if (!(await check('Schema', () => checkMigrations(env())))) return results;
  let database: DatabaseState | undefined;
  await check('Database', async () => {
    database = await readDatabaseState();
    return checkDatabase(database);
  });
  if (database) {
    const { now } = database;
    const project = await findFirstProject();
    if (project) {
      await check('Clock', () => checkClock(now));
      await check('Secret', checkSecret);
      await check('Operators', () => checkOperators(project));
      await check('Domains', checkDomains);
      await check('Addresses', checkAddresses);
      await check('Mail', () => checkMail(env(), project));
      await check('Jobs', checkJobs);
      await check('Applications', () => checkApplications(project));
    }
  }
  await check('Server', () => checkServer(env()));
  return results;
}

const ok = (found: string): Verdict => ({ status: 'ok', found });
const warning = (found: string, advice: string): Verdict => ({ status: 'warning', found, advice });
const failure = (found: string, advice?: string): Verdict => ({ status: 'failure', found, ...(advice && { advice }) });

async function checkNode(): Promise<Verdict> {
  const major = Number(process.versions.node.split('.')[0]);
  if (major % 2 === 1) return warning(process.versions.node, 'Use a long-term support release, such as Node 24.');
  return ok(process.versions.node);
}

async function checkSettings(): Promise<Verdict> {
  let settings: Env;
  try {
    settings = env();
    requireGeoDatabase(settings);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return failure(error.faults.join('; '), 'Fix them in .env; .env.example describes each.');
  }
  const { origin, smtpUrl, trustedProxies } = settings;
  if (isLoopbackOrigin(origin)) return ok(`served at ${origin}, on this machine only`);
  const advice = [
    ...(smtpUrl === undefined ? ['SMTP_URL is not set: mails are written to files and not sent.'] : []),
    ...(origin.startsWith('https:') && trustedProxies.length === 0
      ? ['TRUSTED_PROXIES is empty: list the proxy that terminates TLS, or all clients share its address.']
      : []),
  ];
  return advice.length > 0 ? warning(`served at ${origin}`, advice.join('\n')) : ok(`served at ${origin}`);
}

async function checkDisk({ dataDir }: Env): Promise<Verdict> {
  const about = await stat(dataDir).catch(() => null);
  if (!about) return warning(`${dataDir} does not exist yet`, 'The first start creates it.');
  const isWritable = await access(dataDir, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable) return failure(`${dataDir} is not writable`, 'Make it writable for the user that runs Signet.');
  const { bavail, bsize } = await statfs(dataDir);
  const free = Math.floor((bavail * bsize) / MEGABYTE);
  const found = `${free.toLocaleString('en')} MB free for ${dataDir}`;
  if (free < MIN_FREE_MEGABYTES) return failure(found, 'Free disk space: when it is full, every change fails.');
  if (free < LOW_FREE_MEGABYTES) return warning(found, 'Free disk space before it is full.');
  if ((about.mode & 0o077) !== 0)
    return warning(`${found}; other users of this machine can read it`, `Run: chmod 700 ${dataDir}`);
  return ok(found);
}

async function checkMigrations({ databaseUrl }: Env): Promise<Verdict> {
  const pending = await pendingMigrations(databaseUrl);
  if (pending === null) return failure('no database yet', 'Start Signet once: npm start');
  if (pending.length === 0) return ok('up to date');
  return warning(`${pending.length} pending migrations`, 'The next start applies them; back up first.');
}

function checkDatabase({ kind, version, bytes, faults }: DatabaseState): Verdict {
  const name = kind === 'sqlite' ? 'SQLite' : 'PostgreSQL';
  const found = `${name} ${version}, ${Math.ceil(bytes / MEGABYTE).toLocaleString('en')} MB`;
  if (faults.length > 0) return failure(`${found}: ${faults.join('; ')}`, 'Stop Signet and restore the last backup.');
  return ok(found);
}

async function checkClock(databaseTime: Date): Promise<Verdict> {
  const apart = Math.abs(databaseTime.getTime() - Date.now());
  if (apart > MAX_CLOCK_SKEW_MILLIS)
    return warning(
      `the clocks of this machine and the database differ by ${Math.round(apart / 1000)} s`,
      'Synchronize both with a time server: codes, sessions and tokens expire by these clocks.',
    );
  const newest = await findNewestEventTime();
  if (newest && newest.getTime() > Date.now() + MAX_CLOCK_SKEW_MILLIS)
    return warning(
      `${new Date().toISOString()}, but the newest audit event is dated ${newest.toISOString()}`,
      'The clock was set back; synchronize it with a time server.',
    );
  return ok(new Date().toISOString());
}

async function checkSecret(): Promise<Verdict> {
  const fault = faultOf(await readSecretState());
  return fault === null ? ok('SIGNET_SECRET matches this database') : failure(fault);
}

async function checkOperators({ organizationId }: Project): Promise<Verdict> {
  if (await hasOperators(organizationId)) return ok('at least one');
  return warning('none', 'Open the setup link printed at the start.');
}

async function checkDomains(): Promise<Verdict> {
  const { waiting, unreviewed } = await listForReview();
  const found = `${waiting.length} pending, ${unreviewed.length} in use but never approved`;
  if (unreviewed.length === 0) return ok(found);
  return warning(found, 'Review them: npm run -s signet -- domain review');
}

async function checkAddresses(): Promise<Verdict> {
  const displaced = await listDisplacedIdentities();
  if (displaced.length === 0) return ok('no duplicates');
  return warning(
    displaced.map(describeDisplaced).join('; '),
    'The older identity keeps the address. Give the other one a different address, or delete one of them.',
  );
}

async function checkMail({ smtpUrl, dataDir }: Env, { origin }: Project): Promise<Verdict> {
  const outbox = await readOutboxState(new Date(Date.now() - DAY_MILLIS));
  const refusal = await checkMailServer().then(() => null, reasonOf);
  if (refusal !== null) return failure(refusal.message, refusal.advice);
  const where = smtpUrl === undefined ? `to files in ${dataDir}/mail` : `through ${new URL(smtpUrl).hostname}`;
  const found = `goes ${where}; ${outbox.waiting} queued, ${outbox.failed} failed in the last 24 hours`;
  if (outbox.failed > 0) return warning(found, `Last error: ${outbox.lastError ?? 'unknown'}`);
  if (outbox.waitsSince && outbox.waitsSince.getTime() < Date.now() - LONG_WAIT_MILLIS)
    return warning(found, `The oldest was queued at ${outbox.waitsSince.toISOString()}. Is the server running?`);
  if (smtpUrl === undefined && !isLoopbackOrigin(origin)) return warning(found, 'Set SMTP_URL.');
  return ok(found);
}

async function checkJobs(): Promise<Verdict> {
  const { waiting, waitingSince, failing } = await readQueueState();
  const found = `${waiting} queued, ${failing.length} failing`;
  if (failing.length > 0) {
    const names = failing.map(({ id, attempts }) => `${id} (attempts: ${attempts})`).join(', ');
    return warning(`${found}: ${names}`, 'They are retried. See "job failed" in the server log.');
  }
  if (waitingSince && waitingSince.getTime() < Date.now() - LONG_WAIT_MILLIS)
    return warning(found, `The oldest was queued at ${waitingSince.toISOString()}. Is the server running?`);
  return ok(found);
}

/** The issuer of ID tokens, and the sign-outs that applications did not accept. */
async function checkApplications({ id, origin }: Project): Promise<Verdict> {
  const [count, notices] = [await countApplications(id), await readNoticeQueue(new Date(Date.now() - DAY_MILLIS))];
  const found = `${count} registered; sign-out notices: ${notices.waiting} queued, ${notices.failed} failed in the last 24 hours`;
  if (count > 0 && !origin.startsWith('https:') && !isLoopbackOrigin(origin))
    return warning(`${found}; the issuer is ${origin}`, 'Serve Signet over https: most applications refuse any other.');
  if (notices.failed > 0) return warning(found, `Last error: ${notices.lastError ?? 'unknown'}`);
  if (notices.waitsSince && notices.waitsSince.getTime() < Date.now() - LONG_WAIT_MILLIS)
    return warning(found, `The oldest was queued at ${notices.waitsSince.toISOString()}: see its application’s page.`);
  return ok(found);
}

function reasonOf(error: unknown): { message: string; advice: string } {
  if (!(error instanceof DeliveryError)) throw error;
  const message = `the mail server cannot be used: ${error.reason}`;
  return { message, advice: error.advice };
}

async function checkServer({ port, listenHosts: [first = '0.0.0.0'] }: Env): Promise<Verdict> {
  const host = ['0.0.0.0', '::'].includes(first) ? '127.0.0.1' : first;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}/health/ready`;
  const response = await fetch(url, { signal: AbortSignal.timeout(RESPONSE_TIMEOUT_MILLIS) }).catch(() => null);
  if (!response) return warning(`no response from ${url}`, 'Start it: npm start');
  if (response.ok) return ok(`ready at ${url}`);
  return failure(`${url} returned ${response.status}: ${(await response.text()).slice(0, 200)}`, 'See the server log.');
}
