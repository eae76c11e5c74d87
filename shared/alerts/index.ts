export * from './severity.ts';
export * from './signal.ts';
