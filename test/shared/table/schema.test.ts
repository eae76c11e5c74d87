import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Entity, type ItemShape, schema, shardOf, shards, table } from '../../../shared/table/index.ts';

const items = Object.entries(schema) as [string, Entity<ItemShape>][];
const skeleton = (template: string): string => template.replaceAll(/\{[^}]+\}/g, '*');

describe('the description of the table', () => {
  it.each(items)('%s says what it is for in a sentence', (_, { shape }) => {
    expect(shape.about).toMatch(/^[A-Z].*\.$/s);
  });

  it('gives no two items the same form of key', () => {
    const forms = items.map(([, { shape }]) => `${skeleton(shape.pk)} | ${skeleton(shape.sk)}`);
    expect(new Set(forms).size).toBe(forms.length);
  });

  it('begins every key with the organisation, but for the doors and the index of what is due', () => {
    const templates = items.flatMap(([name, { shape }]) =>
      [shape.pk, shape.gsi1pk, shape.gsi2pk, shape.gsi3pk].map((template) => [name, template] as const),
    );
    const others = templates.filter(
      ([, template]) => template !== undefined && !template.startsWith('O#{org}'),
    );
    expect(others.map(([name, template]) => `${name} ${template}`)).toEqual([
      'incidentHead DUE#{shard}',
      'alertHead DUE#A#{shard}',
      'uncountedMinute DUE#S#{shard}',
      'parkedMessage DUE#P#{shard}',
      'heartbeat DUE#H#{shard}',
      'keyDoor KEY#{hash}',
      'whoDoor WHO#{hash}',
      'connectionDoor CONN#{connectionId}',
      'callerIdempotency IDEM#{hash}',
      'ticketDoor TICKET#{hash}',
      'quiet DUE#Q#{shard}',
      'mutingGroup DUE#Q#{shard}',
      'runHead DUE#R#{shard}',
      'pageDoor PAGE#{page}',
    ]);
  });

  it('has items that share a partition told apart by their sort keys', () => {
    const byPartition = Map.groupBy(items, ([, { shape }]) => skeleton(shape.pk));
    for (const [partition, group] of byPartition) {
      const prefixes = group.map(([, { shape }]) => shape.sk.split('{')[0] ?? '');
      const clashes = prefixes.filter((one, i) =>
        prefixes.some((other, j) => i !== j && other.startsWith(one)),
      );
      expect([partition, clashes]).toEqual([partition, []]);
    }
  });

  it('uses the three generic indexes and no other', () => {
    expect(table.indexes.map(({ name }) => name)).toEqual(['gsi1', 'gsi2', 'gsi3']);
    const used = items.flatMap(([, { shape }]) =>
      Object.keys(shape).filter((name) => name.startsWith('gsi')),
    );
    const known = table.indexes.flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey] as string[]);
    expect(used.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('a shard', () => {
  it('is one of its count, and always the same', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...Object.values(shards)), (text, count) => {
        const shard = shardOf(text, count);
        expect(Number.isInteger(shard) && shard >= 0 && shard < count).toBe(true);
        expect(shardOf(text, count)).toBe(shard);
      }),
    );
  });

  it('spreads many texts evenly', () => {
    const counts = Array(8).fill(0);
    for (let n = 0; n < 8_000; n++) counts[shardOf(`service-${n}`, 8)] += 1;
    expect(Math.min(...counts)).toBeGreaterThan(850);
    expect(Math.max(...counts)).toBeLessThan(1_150);
  });
});
