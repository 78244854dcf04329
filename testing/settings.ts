import { resetEnv, SETTING_NAMES } from '../lib/platform/env';

// Setup of every test file: the developer's own settings must not reach the tests, nor the tests the developer's data.
for (const name of SETTING_NAMES) if (name !== 'NODE_ENV') delete process.env[name];
process.env.SIGNET_SECRET = 'secret-of-the-tests-0123456789abcdef';
process.env.LOG_LEVEL = 'silent';
resetEnv();

// A worker whose run was killed ends too, and removes its temporary files.
process.once('disconnect', () => process.exit(1));
