-- SQLite only: its full-text index merges in bounded steps.
SELECT 1;
