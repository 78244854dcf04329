import { refreshStatistics } from '@/lib/platform/db/planner';
import type { Job } from '@/lib/platform/job';

const REFRESH_EVERY_SECONDS = 6 * 60 * 60;

export const installationJobs: Job[] = [
  { name: 'installation.refresh-statistics', everySeconds: REFRESH_EVERY_SECONDS, run: () => refreshStatistics() },
];
