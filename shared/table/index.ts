export * from './entity.ts';
export * as schema from './schema.ts';
export * from './shard.ts';
export * from './table.ts';
