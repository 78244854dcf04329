import { refreshStatistics } from '@/lib/platform/db/planner';
import type { Job } from '@/lib/platform/job';

const DAY_SECONDS = 24 * 60 * 60;

export const installationJobs: Job[] = [
  { name: 'installation.refresh-statistics', everySeconds: DAY_SECONDS, run: () => refreshStatistics() },
];
