export * from './difference.ts';
export * from './memory.ts';
export * from './outcome.ts';
export * from './replay.ts';
export type { Setting } from './setting.ts';
