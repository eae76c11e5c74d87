import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { indexStreams, trimStreams } from '../../../../infra/local/engines/stream-records.ts';
import { temporaryFolder } from '../../../support/sample-stack/start.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** A file as the engine keeps it, with records of two tables numbered 1 to `count`. */
function records(name: string, count: number): DatabaseSync {
  const database = new DatabaseSync(join(folder.path, name));
  database.exec('CREATE TABLE _stream_records (table_name TEXT, sequence_number TEXT)');
  const insert = database.prepare('INSERT INTO _stream_records VALUES (?, ?)');
  for (const table of ['A', 'B'])
    for (let number = 1; number <= count; number += 1) insert.run(table, String(number));
  return database;
}

const left = (database: DatabaseSync, table: string) =>
  database
    .prepare('SELECT sequence_number AS n FROM _stream_records WHERE table_name = ?')
    .all(table)
    .map((row) => Number(row.n));

test('records that all readers have finished are trimmed, up to the newest, which stays', () => {
  const database = records('one.db', 12);
  trimStreams(join(folder.path, 'one.db'), new Map([['A', 9n]]));
  expect(left(database, 'A')).toEqual([10, 11, 12]);
  expect(left(database, 'B')).toHaveLength(12);
  trimStreams(
    join(folder.path, 'one.db'),
    new Map([
      ['A', 12n],
      ['B', 99n],
    ]),
  );
  expect([left(database, 'A'), left(database, 'B')]).toEqual([[12], [12]]);
  database.close();
});

test('trimming does nothing where there is no file yet, or a file without records', () => {
  trimStreams(join(folder.path, 'none.db'), new Map([['A', 1n]]));
  new DatabaseSync(join(folder.path, 'empty.db')).close();
  trimStreams(join(folder.path, 'empty.db'), new Map([['A', 1n]]));
  expect(() => new DatabaseSync(join(folder.path, 'none.db'), { readOnly: true })).toThrow();
});

test('the index serves the two questions that the engine asks for every write and every read', () => {
  const file = join(folder.path, 'two.db');
  records('two.db', 3).close();
  indexStreams(file);
  indexStreams(file);
  const database = new DatabaseSync(file);
  const plans = [
    "SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = 'A'",
    "SELECT * FROM _stream_records WHERE table_name = 'A' AND CAST(sequence_number AS INTEGER) > 2 ORDER BY CAST(sequence_number AS INTEGER)",
  ].map((query) => JSON.stringify(database.prepare(`EXPLAIN QUERY PLAN ${query}`).all()));
  for (const plan of plans) expect(plan).toMatch(/USING (COVERING )?INDEX runner_stream/);
  database.close();
});
