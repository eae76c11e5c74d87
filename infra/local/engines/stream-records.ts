import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/**
 * Gives the engine's stream records the index that it lacks.
 * Without it every write and every read of a stream scans the whole history.
 */
export function indexStreams(file: string): void {
  withDatabase(file, (database) => {
    database.exec(
      'CREATE INDEX IF NOT EXISTS runner_stream ON _stream_records(table_name, CAST(sequence_number AS INTEGER))',
    );
  });
}

/**
 * Deletes stream records that every reader has finished, before the engine starts.
 * The newest record of a table stays, since the engine numbers the next one after it.
 */
export function trimStreams(file: string, consumed: ReadonlyMap<string, bigint>): void {
  if (!existsSync(file)) return;
  withDatabase(file, (database) => {
    if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = '_stream_records'").get() === undefined)
      return;
    const trim = database.prepare(
      `DELETE FROM _stream_records WHERE table_name = ?1 AND CAST(sequence_number AS INTEGER) <= ?2
       AND CAST(sequence_number AS INTEGER) <
         (SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = ?1)`,
    );
    for (const [table, sequence] of consumed) trim.run(table, sequence);
  });
}

function withDatabase(file: string, work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    work(database);
  } finally {
    database.close();
  }
}
