export * from './budget.ts';
export * from './decide.ts';
export * from './frames.ts';
export * from './limits.ts';
export * from './pin-text.ts';
export type * from './protocol.ts';
export * from './room.ts';
export * from './rules.ts';
export * from './visits.ts';
