/** The attributes that every part agrees on; the generic indexes exist from the first deploy and no other is ever added. */
export const table = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** Seconds since the epoch; deletion is late, so readers compare times themselves. */
  ttl: 'ttl',
  indexes: [
    { name: 'gsi1', partitionKey: 'gsi1pk', sortKey: 'gsi1sk', projection: 'ALL' },
    { name: 'gsi2', partitionKey: 'gsi2pk', sortKey: 'gsi2sk', projection: 'KEYS_ONLY' },
    { name: 'gsi3', partitionKey: 'gsi3pk', sortKey: 'gsi3sk', projection: 'ALL' },
  ],
} as const;

/** Attributes of a fact that the stream readers filter on. */
export const factMarks = {
  /** `fact` on facts, absent elsewhere. */
  kind: 'kind',
  /** `pushed` when the writer has pushed it to the room itself, else `stream`. */
  via: 'via',
  /** `yes` when the fan-out may react to it, else `no`. */
  react: 'react',
} as const;

/** How many partitions each spread item has; `storm` are those of signals in a minute in which very many come. */
export const shards = { open: 8, due: 4, signals: 8, storm: 128, room: 4 } as const;
