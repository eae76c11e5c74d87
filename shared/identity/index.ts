export * from './access-rules.ts';
export * from './caller.ts';
