export * from './access.ts';
export * from './context.ts';
export * from './decider.ts';
export * from './digest.ts';
export * from './errors.ts';
export * from './fact.ts';
export * from './ids.ts';
export * from './time.ts';
