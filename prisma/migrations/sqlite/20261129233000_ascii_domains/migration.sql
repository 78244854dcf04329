-- No table changes: lib/platform/db/steps/ascii-domains.ts follows, which compares domains as A-labels.
SELECT 1;
