import { randomUUID } from 'node:crypto';

const run = randomUUID();
let next = 0;

/** A partition that no other test uses. */
export const freshPartition = (): string => `O#contract#${run}#${next++}`;
