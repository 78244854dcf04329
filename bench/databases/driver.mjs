// SQLite for the peers: Signet's driver, which lies outside their packages.
export { default } from 'better-sqlite3';
