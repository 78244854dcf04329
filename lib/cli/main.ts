import { logToStandardError } from '@/lib/platform/log';
import { run } from './program';

// The entry of `npm run signet`.
process.umask(0o077); // what is written here is read by this user alone
logToStandardError();
process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isWatched: process.stderr.isTTY,
});
