import type { Locale } from '@/lib/i18n/model';
import type { SchemaChange } from '@/lib/schema-change/model';

/** What the parts of a job's page show. */
export type View = {
  change: SchemaChange;
  place: { organization: string; project: string };
  /** The path of the schema's changes; a job's page is below it. */
  href: string;
  users: string;
  locale: Locale;
  hasAdminRole: boolean;
};
