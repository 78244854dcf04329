import { bulkSource } from '@/lib/bulk/service';
import { importSource } from '@/lib/import/service';
import { type JobSource, undoSource } from '@/lib/job/service';
import { schemaChangeSource } from '@/lib/schema-change/service';

/** Every noun whose jobs appear among a project's jobs. Their kinds are distinct. */
export const JOB_SOURCES: readonly JobSource[] = [bulkSource, importSource, schemaChangeSource, undoSource];
