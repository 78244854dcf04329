import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { databaseUrlFault } from './db/database-url.mjs';
import { sqliteUrl } from './db/sqlite-file.mjs';
import { LOCAL_RANGES } from './outbound/addresses';
import { FILE_SETTINGS, readSettingFiles } from './setting-files.mjs';
import { hasKnownTls, isLoopback, isSmtpUrl, SMTP_TLS } from './smtp-url';

/**
 * The settings, read from the environment once and validated together. The only file of the product that reads
 * `process.env`. .env.example documents each one for operators.
 */
const nonEmpty = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(type: T) => z.preprocess(nonEmpty, type.optional());

/** Placeholders from examples. */
const PLACEHOLDER =
  /change[-_. ]?(me|this|it)|replace[-_. ]?(me|this|with)|(your|my|super|top)[-_. ]?secret|example|placeholder|password|default|insecure|1234567890/i;

const databaseUrlSetting = z.string().superRefine((value, context) => {
  const message = databaseUrlFault(value);
  if (message) context.addIssue({ code: 'custom', message });
});
const MAX_WORKERS = 64;
/** 64 GiB: more than a database should take in one file. */
const MAX_IMPORT_BYTES = 2 ** 36;
const originSetting = z.string().refine(isOrigin, 'must be an origin such as https://id.example.com, without a path');

const settings = z.object({
  NODE_ENV: optional(z.string()),
  PORT: z.preprocess(nonEmpty, z.coerce.number().int().min(0).max(65_535).default(3000)),
  HOST: optional(z.string()),
  SIGNET_ORIGIN: optional(originSetting),
  SIGNET_SECRET: z
    .string({ error: 'is missing; `npm start` generates one in .env for a new database' })
    .min(32, 'must have at least 32 characters; generate one with: openssl rand -base64 32')
    .refine(
      (value) => new Set(value).size >= 8 && !isRepeated(value),
      'is too weak; generate one with: openssl rand -base64 32',
    )
    .refine((value) => !PLACEHOLDER.test(value), 'is a placeholder; generate one with: openssl rand -base64 32'),
  SIGNET_DATA_DIR: z.preprocess(nonEmpty, z.string().default('data')),
  DATABASE_URL: optional(databaseUrlSetting),
  DATABASE_READ_URL: optional(
    databaseUrlSetting.refine((url) => !url.startsWith('file:'), 'must be a postgresql:// URL of a replica'),
  ),
  DATABASE_READ_MAX_LAG: z.preprocess(nonEmpty, z.coerce.number().min(0).max(3600).default(30)),
  DATABASE_POOL: z.preprocess(nonEmpty, z.coerce.number().int().min(1).max(200).default(10)),
  DATABASE_PREPARED: optional(z.enum(['on', 'off'])),
  SIGNET_WORKERS: z.preprocess(
    nonEmpty,
    z.union([z.literal('auto'), z.coerce.number().int().min(1).max(MAX_WORKERS)]).default(1),
  ),
  SMTP_URL: optional(
    z
      .string()
      .refine(
        isSmtpUrl,
        'must be an smtp:// or smtps:// URL with a host; percent-encode special characters in user and password',
      )
      .refine(
        (url) => !isSmtpUrl(url) || hasKnownTls(url),
        `allows only ?tls=${SMTP_TLS.join(', ?tls=')}; smtps:// always uses TLS`,
      ),
  ),
  MAIL_FROM: z.preprocess(
    nonEmpty,
    z
      .string()
      .regex(/^[^\r\n]+@[^\r\n]+$/, 'must be an address such as Signet <no-reply@example.com>')
      .default('Signet <signet@localhost.localdomain>'),
  ),
  NEWCOMER_MAILS_PER_HOUR: z.preprocess(nonEmpty, z.coerce.number().int().min(1).max(1_000_000).default(500)),
  TRUSTED_PROXIES: z.preprocess(nonEmpty, z.string().default('')).transform(readRanges),
  SIGNET_PRIVATE_TARGETS: optional(
    z.string().transform((value, context) => (value.trim() === 'none' ? [] : readRanges(value, context))),
  ),
  SIGNET_DNS_SERVERS: z.preprocess(nonEmpty, z.string().default('')).transform((value, context) => {
    const servers = value
      .split(',')
      .map((server) => server.trim())
      .filter(Boolean);
    for (const server of servers) {
      const message = `"${server}" is not a resolver such as 9.9.9.9, 127.0.0.1:5353 or [::1]:53`;
      if (!isResolver(server)) context.addIssue({ code: 'custom', message });
    }
    return servers;
  }),
  SIGNET_GEO_DATABASE: optional(z.string()),
  SIGNET_METRICS_TOKEN: optional(
    z
      .string()
      .regex(/^[A-Za-z0-9\-._~+/]+=*$/, 'must be a bearer token of letters, digits and -._~+/')
      .min(16, 'must have at least 16 characters'),
  ),
  SIGNET_SECURITY_CONTACT: optional(
    z
      .string()
      .refine(isContact, 'must be a percent-encoded mailto: or https:// URI, such as mailto:security@example.com'),
  ),
  SIGNET_IMPORT_LIMIT: z.preprocess(
    nonEmpty,
    z.coerce
      .number()
      .int()
      .min(1024)
      .max(MAX_IMPORT_BYTES)
      .default(2 ** 30),
  ),
  SIGNET_SHUTDOWN_DELAY: z.preprocess(nonEmpty, z.coerce.number().min(0).max(600).default(0)),
  LOG_LEVEL: z.preprocess(nonEmpty, z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info')),
});

export type Env = {
  isProduction: boolean;
  port: number;
  /** Names or addresses to listen on, all on one port; none means all interfaces. */
  listenHosts: readonly string[];
  /** The first project's origin, such as `https://id.example.com`. */
  origin: string;
  secret: string;
  /** Absolute. Contains the SQLite file, and mails when SMTP is not configured. */
  dataDir: string;
  databaseUrl: string;
  /** A streaming replica for stale reads; undefined: none. */
  databaseReadUrl: string | undefined;
  /** A replica that lags by more is not used. */
  maxReplicaLagSeconds: number;
  databasePool: number;
  /** Whether to use prepared statements on PostgreSQL; undefined: unless behind a pooler. */
  isDatabasePrepared: boolean | undefined;
  /** Number of server processes; more than one requires PostgreSQL. */
  workers: number;
  smtpUrl: string | undefined;
  mailFrom: string;
  /** Hourly limit of a project's mails to addresses without an account; five times as many in a day. */
  newcomerMailsPerHour: number;
  /** Addresses and CIDR ranges of trusted proxies: their X-Forwarded-For and X-Forwarded-Host count. */
  trustedProxies: string[];
  /** Addresses and CIDR ranges, beside public ones, that webhooks may be sent to. */
  privateTargets: readonly string[];
  /** Resolvers for domain verification, as `address` or `address:port`; none: the system's. */
  dnsServers: string[];
  /** Absolute path of a MaxMind database of places; undefined: none. */
  geoDatabase: string | undefined;
  /** The bearer token for /metrics; undefined: this machine only. */
  metricsToken: string | undefined;
  /** Where to report a vulnerability, as a URI; undefined: no security.txt. */
  securityContact: string | undefined;
  /** Largest file of identities, in bytes; stored until it is imported. */
  maxImportBytes: number;
  /** How long a stopping server still accepts connections, while /health/ready returns 503. */
  shutdownDelaySeconds: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
};

/** Names of all settings, for the check against .env.example. */
export const SETTING_NAMES = [...Object.keys(settings.shape), ...FILE_SETTINGS.map((name) => `${name}_FILE`)];

/** All faults together, one per line. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(readonly faults: string[]) {
    super(`Invalid settings:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

let cached: Env | undefined;

/** The validated settings. Throws `SettingsError` with all faults. */
export function env(): Env {
  cached ??= readEnv(process.env);
  return cached;
}

/** Replaces `PORT=0` with the port found; settings derived from it, such as the origin, follow. */
export function resolvePort(port: number): Env {
  process.env.PORT = String(port);
  resetEnv();
  return env();
}

/** Clears the cache, for tests that change settings. */
export function resetEnv(): void {
  cached = undefined;
}

export function readEnv(source: Record<string, string | undefined>): Env {
  const read = readSettingFiles(source);
  if (read.faults.length > 0) throw new SettingsError(read.faults);
  const parsed = settings.safeParse(read.settings);
  if (!parsed.success) {
    throw new SettingsError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  }
  const value = parsed.data;
  const dataDir = path.resolve(value.SIGNET_DATA_DIR);
  const origin = new URL(value.SIGNET_ORIGIN ?? `http://localhost:${value.PORT}`).origin;
  return {
    isProduction: value.NODE_ENV === 'production',
    port: value.PORT,
    listenHosts: listenHostsOf(value.HOST, origin),
    origin,
    secret: value.SIGNET_SECRET,
    dataDir,
    databaseUrl: value.DATABASE_URL ?? sqliteUrl(path.join(dataDir, 'signet.db')),
    databaseReadUrl: value.DATABASE_READ_URL,
    maxReplicaLagSeconds: value.DATABASE_READ_MAX_LAG,
    databasePool: value.DATABASE_POOL,
    isDatabasePrepared: value.DATABASE_PREPARED && value.DATABASE_PREPARED === 'on',
    workers: value.SIGNET_WORKERS === 'auto' ? automaticWorkers(value.DATABASE_URL) : value.SIGNET_WORKERS,
    smtpUrl: value.SMTP_URL,
    mailFrom: value.MAIL_FROM,
    newcomerMailsPerHour: value.NEWCOMER_MAILS_PER_HOUR,
    trustedProxies: value.TRUSTED_PROXIES,
    privateTargets: value.SIGNET_PRIVATE_TARGETS ?? (isLoopback(new URL(origin).hostname) ? LOCAL_RANGES : []),
    dnsServers: value.SIGNET_DNS_SERVERS,
    geoDatabase: value.SIGNET_GEO_DATABASE && path.resolve(value.SIGNET_GEO_DATABASE),
    metricsToken: value.SIGNET_METRICS_TOKEN,
    securityContact: value.SIGNET_SECURITY_CONTACT,
    maxImportBytes: value.SIGNET_IMPORT_LIMIT,
    shutdownDelaySeconds: value.SIGNET_SHUTDOWN_DELAY,
    logLevel: value.LOG_LEVEL,
  };
}

/** One for each core; SQLite allows one writing process. */
function automaticWorkers(databaseUrl = 'file:'): number {
  return databaseUrl.startsWith('file:') ? 1 : Math.min(availableParallelism(), MAX_WORKERS);
}

/** A loopback origin is served on loopback addresses only: browsers resolve `localhost` to either one. */
function listenHostsOf(host: string | undefined, origin: string): readonly string[] {
  if (host !== undefined) return [host];
  return isLoopback(new URL(origin).hostname) ? ['127.0.0.1', '::1'] : [];
}

/** Passkeys need a secure context: https, or http on localhost (Secure Contexts §3.1). */
function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  const isLocal = url.hostname === 'localhost' || url.hostname.endsWith('.localhost');
  return url.href === `${url.origin}/` && (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal));
}

/** A URI by RFC 9116 §2.5.3, on one line. */
function isContact(value: string): boolean {
  return /^(mailto:[^@]+@[^@]+|https:\/\/.+)$/i.test(value) && /^[!-~]+$/.test(value) && URL.canParse(value);
}

/** A short text repeated. */
function isRepeated(value: string): boolean {
  return /^(.{1,16}?)\1+.{0,15}$/s.test(value);
}

/** An IP address, with a port if it is not 53. */
function isResolver(server: string): boolean {
  const [, bracketed, plain, port = '53'] = /^(?:\[([^\]]+)\]|([^:]+|.*:.*:.*))(?::(\d{1,5}))?$/.exec(server) ?? [];
  const number = Number(port);
  return isIP(bracketed ?? plain ?? '') !== 0 && number > 0 && number < 65_536;
}

/** Addresses and ranges, separated by commas. */
function readRanges(value: string, context: z.RefinementCtx): string[] {
  const entries = value
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
  for (const entry of entries) {
    const message = `"${entry}" is neither an IP address nor a range such as 10.0.0.0/8`;
    if (!isAddressOrRange(entry)) context.addIssue({ code: 'custom', message });
  }
  return entries;
}

/**
 * An IP address, or a range in CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3). A zone (`%eth0`) is local to one machine.
 */
function isAddressOrRange(entry: string): boolean {
  const [address = '', prefix, ...more] = entry.split('/');
  const family = address.includes('%') ? 0 : isIP(address);
  if (family === 0 || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}
